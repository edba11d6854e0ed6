package ee.jobqueue.sample.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import ee.jobqueue.mongo.MongoStateProvider;
import ee.jobqueue.sample.fulfilment.Invoice;
import ee.jobqueue.sample.order.CustomerOrder;
import ee.jobqueue.sample.payment.Payment;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/**
 * The shop's collections, one for each kind of entity. All that is read or written is so in the session of the current
 * JTA transaction, which is the queue's too: an order and its chain are one MongoDB transaction.
 */
@ApplicationScoped
class ShopDatabase {

    @Inject
    private MongoStateProvider mongo;

    @Inject
    private ClientSession session;

    /** Before the catalogue is filled: indexes are not made in transactions. */
    void makeIndexes(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) Startup startup) {
        IndexOptions unique = new IndexOptions().unique(true);
        MongoCollection<Document> orders = collection(CustomerOrder.class);
        orders.createIndex(Indexes.ascending("chainId"));
        orders.createIndex(Indexes.descending("changedAt"));
        orders.createIndex(Indexes.compoundIndex(Indexes.ascending("status"), Indexes.descending("changedAt")));
        collection(Invoice.class).createIndex(Indexes.ascending("paymentKey"), unique);
        collection(Payment.class).createIndex(Indexes.ascending("orderId"));
    }

    MongoCollection<Document> collection(Class<?> type) {
        return collection(type.getSimpleName());
    }

    MongoCollection<Document> collection(String name) {
        return mongo.database().getCollection(name);
    }

    ClientSession session() {
        return session;
    }

    <T> Optional<T> find(Class<T> type, Object id) {
        return Optional.ofNullable(
                        collection(type).find(session, Filters.eq("_id", id)).first())
                .map(document -> EntityDocuments.toEntity(type, document));
    }

    void insert(Object entity) {
        collection(entity.getClass()).insertOne(session, EntityDocuments.toDocument(entity));
    }

    void replace(Object entity) {
        Document document = EntityDocuments.toDocument(entity);
        collection(entity.getClass()).replaceOne(session, Filters.eq("_id", document.get("_id")), document);
    }

    /** All of a kind. */
    <T> List<Document> all(Class<T> type, String... fields) {
        return collection(type)
                .find(session)
                .projection(Projections.include(fields))
                .into(new ArrayList<>());
    }
}
