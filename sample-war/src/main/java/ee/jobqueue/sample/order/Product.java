package ee.jobqueue.sample.order;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.math.BigDecimal;

/**
 * A product and its stock. Stock changes by the guarded statements of {@link Stock} only, so this entity is read-only.
 *
 * @since 0.1
 */
@Entity
public class Product {

    @Id
    @Column(length = 40)
    private String sku;

    @Column(nullable = false, length = 100)
    private String name;

    @Column(nullable = false, precision = 12, scale = 2)
    private BigDecimal price;

    /** What was ever delivered to us; {@code received - on_hand} is what was shipped. */
    private int received;

    @Column(name = "on_hand")
    private int onHand;

    private int reserved;

    /** For the persistence provider. */
    @SuppressWarnings("NullAway.Init")
    protected Product() {}

    Product(String sku, String name, BigDecimal price, int received) {
        this.sku = sku;
        this.name = name;
        this.price = price;
        this.received = received;
        this.onHand = received;
    }

    /**
     * Identifies the product.
     *
     * @return its SKU
     */
    public String sku() {
        return sku;
    }

    /**
     * What people call it.
     *
     * @return its name
     */
    public String name() {
        return name;
    }

    /**
     * What one costs.
     *
     * @return the price
     */
    public BigDecimal price() {
        return price;
    }

    /**
     * How many were ever delivered to us.
     *
     * @return the quantity
     */
    public int received() {
        return received;
    }

    /**
     * How many are in the warehouse.
     *
     * @return the quantity, reserved ones included
     */
    public int onHand() {
        return onHand;
    }

    /**
     * How many of those are set aside for orders.
     *
     * @return the quantity
     */
    public int reserved() {
        return reserved;
    }
}
