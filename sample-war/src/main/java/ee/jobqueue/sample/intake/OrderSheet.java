package ee.jobqueue.sample.intake;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;

/**
 * A CSV file of orders, all rows valid. Immutable.
 *
 * @param orders its rows
 * @param digest SHA-256 of its bytes, in hexadecimal digits: tells one file from another
 */
record OrderSheet(List<PlaceOrder> orders, String digest) {

    /** The first line of every file. */
    static final List<String> HEADER = List.of("customer", "sku", "quantity");

    static final int MAX_ROWS = 100_000;

    OrderSheet {
        orders = List.copyOf(orders);
    }

    /**
     * Reads a file as it arrives, and all of it, so that every bad row is found at once.
     *
     * @param csv the file, in UTF-8
     * @param skus what may be ordered
     * @return the sheet
     * @throws InvalidSheetException when a row is bad
     * @throws IOException when the file does not arrive
     */
    static OrderSheet read(InputStream csv, Set<String> skus) throws IOException {
        return new OrderSheetReader(skus).read(csv);
    }
}
