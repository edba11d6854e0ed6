package ee.jobqueue.sample.intake;

import ee.jobqueue.sample.order.Catalogue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;

/**
 * Imports files of orders, each at most once. Safe for use by several threads.
 *
 * @since 0.1
 */
@ApplicationScoped
public class OrderImports {

    @Inject
    private Catalogue catalogue;

    @Inject
    private SheetIntake intake;

    /**
     * Imports a file: all of its orders and their chains, in one transaction, or nothing. The file is read before that
     * transaction begins, so that a slow sender holds nothing.
     *
     * @param key the caller's idempotency key; a repeated call gets the first one's result
     * @param csv the file
     * @return what became of it
     * @throws InvalidSheetException when a row is bad
     * @throws KeyReusedException when another file was imported under the key
     * @throws IOException when the file does not arrive
     */
    public ImportResult run(String key, InputStream csv) throws IOException {
        OrderSheet sheet = OrderSheet.read(csv, catalogue.bySku().keySet());
        OrderImport known = intake.find(key);
        if (known != null) {
            return repeat(key, known, sheet);
        }
        try {
            intake.take(key, sheet);
            return new ImportResult(sheet.orders().size(), false);
        } catch (RuntimeException e) {
            // Two requests with one key at once meet at its primary key. The transaction is gone, so look again.
            OrderImport first = intake.find(key);
            if (first == null) {
                throw e;
            }
            return repeat(key, first, sheet);
        }
    }

    private static ImportResult repeat(String key, OrderImport known, OrderSheet sheet) {
        if (!known.isOf(sheet)) {
            throw new KeyReusedException(key);
        }
        return new ImportResult(known.orders(), true);
    }
}
