package ee.jobqueue.sample.order;

import java.util.List;
import java.util.Optional;

/**
 * Reads and adds products in the caller's transaction. Safe for use by several threads.
 *
 * @since 0.1
 */
public interface Products {

    /**
     * Adds a product.
     *
     * @param product a new product
     */
    void add(Product product);

    /**
     * Reads a product.
     *
     * @param sku its SKU
     * @return the product; empty when there is none
     */
    Optional<Product> find(String sku);

    /**
     * Reads all products.
     *
     * @return the products by SKU order
     */
    List<Product> all();
}
