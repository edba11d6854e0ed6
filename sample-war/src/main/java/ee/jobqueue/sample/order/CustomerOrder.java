package ee.jobqueue.sample.order;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An order of one product.
 *
 * <p>It has no version column: only the job at which the order's chain stands changes it, and the queue lets one attempt
 * of one job commit. Managed by its persistence context; not for use by several threads.
 *
 * @since 0.1
 */
@Entity
@Table(
        name = "customer_order",
        indexes = {
            @Index(name = "customer_order_chain_id", columnList = "chain_id", unique = true),
            @Index(name = "customer_order_changed_at", columnList = "changed_at"),
            @Index(name = "customer_order_status_changed_at", columnList = "status, changed_at")
        })
public class CustomerOrder {

    private static final Clock CLOCK = Clock.tick(Clock.systemUTC(), ChronoUnit.MILLIS.getDuration());
    private static final String ID = "customer_order_id";

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = ID)
    @SequenceGenerator(name = ID, sequenceName = ID, allocationSize = 100)
    private long id;

    @Column(nullable = false, length = 100)
    private String customer;

    @Column(nullable = false, length = 40)
    private String sku;

    private int quantity;

    @Column(nullable = false, precision = 12, scale = 2)
    private BigDecimal total;

    // A plain column: a database enumeration or a check would have to be migrated with every new status.
    @Enumerated(EnumType.STRING)
    @Column(nullable = false, columnDefinition = "varchar(20)")
    private OrderStatus status;

    // Nullable only because the order needs its id before its chain can be started.
    @Column(name = "chain_id", length = 64)
    private @Nullable String chainId;

    @Column(name = "invoice_chain_id", length = 64)
    private @Nullable String invoiceChainId;

    @Column(name = "tracking_id", length = 40)
    private @Nullable String trackingId;

    @Column(length = 200)
    private @Nullable String reason;

    @Column(name = "placed_at", nullable = false)
    private Instant placedAt;

    @Column(name = "changed_at", nullable = false)
    private Instant changedAt;

    /** For the persistence provider. */
    @SuppressWarnings("NullAway.Init")
    protected CustomerOrder() {}

    /**
     * Makes an order that is {@link OrderStatus#PLACED}.
     *
     * @param customer who ordered
     * @param product what
     * @param quantity how many
     */
    public CustomerOrder(String customer, Product product, int quantity) {
        this.customer = customer;
        this.sku = product.sku();
        this.quantity = quantity;
        this.total = product.price().multiply(BigDecimal.valueOf(quantity));
        this.status = OrderStatus.PLACED;
        this.placedAt = CLOCK.instant();
        this.changedAt = placedAt;
    }

    /** Notes that the order moves now. Called when it is written. */
    @PrePersist
    @PreUpdate
    public void touch() {
        changedAt = CLOCK.instant();
    }

    /**
     * Notes which chain fulfils the order.
     *
     * @param newChainId the chain's id
     */
    public void fulfilledBy(String newChainId) {
        chainId = newChainId;
    }

    /** Notes that the stock is set aside: {@link OrderStatus#RESERVED}. */
    public void reserve() {
        status = OrderStatus.RESERVED;
    }

    /** Leaves the decision to a person: {@link OrderStatus#AWAITING_APPROVAL}. */
    public void awaitApproval() {
        status = OrderStatus.AWAITING_APPROVAL;
    }

    /**
     * Notes that the card is charged: {@link OrderStatus#PAID}.
     *
     * @param newInvoiceChainId the chain that sends the invoice
     */
    public void pay(String newInvoiceChainId) {
        status = OrderStatus.PAID;
        invoiceChainId = newInvoiceChainId;
    }

    /**
     * Notes that the goods have left: {@link OrderStatus#SHIPPED}.
     *
     * @param newTrackingId the carrier's number
     */
    public void ship(String newTrackingId) {
        status = OrderStatus.SHIPPED;
        trackingId = newTrackingId;
    }

    /** Begins to undo what was done for the order: {@link OrderStatus#CANCELLING}. */
    public void cancel() {
        status = OrderStatus.CANCELLING;
    }

    /**
     * Ends the order without goods: {@link OrderStatus#REFUSED}.
     *
     * @param newReason why, for the customer
     */
    public void refuse(String newReason) {
        status = OrderStatus.REFUSED;
        reason = newReason;
    }

    /**
     * Identifies the order.
     *
     * @return its id; 0 before it is persisted
     */
    public long id() {
        return id;
    }

    /**
     * Who ordered.
     *
     * @return the customer's name
     */
    public String customer() {
        return customer;
    }

    /**
     * What was ordered.
     *
     * @return the product's SKU
     */
    public String sku() {
        return sku;
    }

    /**
     * How many were ordered.
     *
     * @return the quantity, at least 1
     */
    public int quantity() {
        return quantity;
    }

    /**
     * What the order costs.
     *
     * @return quantity times price at the time of the order
     */
    public BigDecimal total() {
        return total;
    }

    /**
     * Where the order stands.
     *
     * @return its status
     */
    public OrderStatus status() {
        return status;
    }

    /**
     * The chain that fulfils the order.
     *
     * @return its id
     * @throws IllegalStateException before the chain is started
     */
    public String chainId() {
        if (chainId == null) {
            throw new IllegalStateException("no chain was started for order " + id);
        }
        return chainId;
    }

    /**
     * The chain that sends the invoice.
     *
     * @return its id; empty before the order is paid
     */
    public Optional<String> invoiceChainId() {
        return Optional.ofNullable(invoiceChainId);
    }

    /**
     * The carrier's number.
     *
     * @return the number; empty before the order is shipped
     */
    public Optional<String> trackingId() {
        return Optional.ofNullable(trackingId);
    }

    /**
     * Why the order was refused.
     *
     * @return the reason; empty while it is not refused
     */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /**
     * When the order came in.
     *
     * @return the time
     */
    public Instant placedAt() {
        return placedAt;
    }

    /**
     * When the order last moved.
     *
     * @return the time
     */
    public Instant changedAt() {
        return changedAt;
    }
}
