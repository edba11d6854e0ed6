package ee.jobqueue.sample.order;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the shop sells. Puts the products in stock at the first start; later starts find them. Safe for use by several
 * threads.
 *
 * @since 0.1
 */
@ApplicationScoped
@Transactional
public class Catalogue {

    @Inject
    private Products products;

    void fill(@Observes Startup startup) {
        assortment().stream().filter(product -> find(product.sku()).isEmpty()).forEach(products::add);
    }

    /**
     * Reads a product.
     *
     * @param sku its SKU
     * @return the product; empty when the shop does not sell it
     */
    public Optional<Product> find(String sku) {
        return products.find(sku);
    }

    /**
     * Reads all products.
     *
     * @return the products by SKU order
     */
    public List<Product> products() {
        return products.all();
    }

    /**
     * Reads all products for look-up.
     *
     * @return the products by their SKU
     */
    public Map<String, Product> bySku() {
        return products().stream().collect(Collectors.toMap(Product::sku, Function.identity()));
    }

    private static List<Product> assortment() {
        return List.of(
                new Product("LAMP-OAK", "Oak desk lamp", new BigDecimal("79.00"), 60_000),
                new Product("CHAIR-ERGO", "Ergonomic chair", new BigDecimal("249.00"), 60_000),
                new Product("DESK-SIT", "Sit-stand desk", new BigDecimal("589.00"), 60_000),
                new Product("MUG-BLUE", "Blue stoneware mug", new BigDecimal("12.50"), 60_000),
                new Product("NOTE-A5", "Dotted notebook A5", new BigDecimal("9.90"), 60_000),
                new Product("PEN-BRASS", "Brass fountain pen", new BigDecimal("48.00"), 60_000),
                new Product("BAG-FELT", "Felt laptop bag", new BigDecimal("64.00"), 60_000),
                new Product("CLOCK-LTD", "Wall clock, limited edition", new BigDecimal("120.00"), 500));
    }
}
