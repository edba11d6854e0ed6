package ee.jobqueue.sample.mongo;

import com.mongodb.client.model.Sorts;
import ee.jobqueue.sample.order.Product;
import ee.jobqueue.sample.order.Products;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Products as documents. */
@ApplicationScoped
@Transactional
class MongoProducts implements Products {

    @Inject
    private ShopDatabase database;

    @Override
    public void add(Product product) {
        database.insert(product);
    }

    @Override
    public Optional<Product> find(String sku) {
        return database.find(Product.class, sku);
    }

    @Override
    public List<Product> all() {
        return database.collection(Product.class)
                .find(database.session())
                .sort(Sorts.ascending("_id"))
                .map(document -> EntityDocuments.toEntity(Product.class, document))
                .into(new ArrayList<>());
    }
}
