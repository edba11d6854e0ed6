package ee.jobqueue.sample.intake;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * That a file was imported. Its primary key is the caller's idempotency key: no file is imported twice under one. Immutable.
 *
 * @since 0.1
 */
@Entity
@Table(name = "order_import")
public class OrderImport {

    @Id
    @Column(name = "idempotency_key", length = 100)
    private String key;

    @Column(nullable = false, length = 64)
    private String digest;

    /** How many orders it held. */
    private int orders;

    /** For the persistence provider. */
    @SuppressWarnings("NullAway.Init")
    protected OrderImport() {}

    OrderImport(String key, OrderSheet sheet) {
        this.key = key;
        this.digest = sheet.digest();
        this.orders = sheet.orders().size();
    }

    boolean isOf(OrderSheet sheet) {
        return digest.equals(sheet.digest());
    }

    int orders() {
        return orders;
    }
}
