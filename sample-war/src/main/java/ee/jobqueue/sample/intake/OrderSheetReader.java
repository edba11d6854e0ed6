package ee.jobqueue.sample.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one {@link OrderSheet} line by line. Not for use by several threads. */
final class OrderSheetReader {

    private static final int MAX_REPORTED = 50;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Set<String> skus;
    private final List<PlaceOrder> orders = new ArrayList<>();
    private final List<BadRow> badRows = new ArrayList<>();
    private int badRowCount;

    OrderSheetReader(Set<String> skus) {
        this.skus = skus;
    }

    OrderSheet read(InputStream csv) throws IOException {
        DigestInputStream bytes = new DigestInputStream(csv, sha256());
        Lines lines = new Lines(new InputStreamReader(
                bytes,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
        try {
            readHeader(lines.next());
            readRows(lines);
        } catch (CharacterCodingException e) {
            bad(lines.number() + 1, "the file is not UTF-8 from about here on");
        }
        if (badRowCount > 0) {
            throw new InvalidSheetException(badRows, badRowCount);
        }
        return new OrderSheet(
                orders, HexFormat.of().formatHex(bytes.getMessageDigest().digest()));
    }

    private void readHeader(@Nullable String line) {
        String header = line == null ? "" : line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
        try {
            if (CsvRow.split(header).equals(OrderSheet.HEADER)) {
                return;
            }
        } catch (MalformedRowException e) {
            bad(1, e.getMessage());
            return;
        }
        bad(1, "the first line must be " + String.join(",", OrderSheet.HEADER));
    }

    private void readRows(Lines lines) throws IOException {
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.isBlank()) {
                continue;
            }
            if (orders.size() + badRowCount == OrderSheet.MAX_ROWS) {
                bad(lines.number(), "more than " + OrderSheet.MAX_ROWS + " rows; split the file");
                return;
            }
            try {
                orders.add(order(line));
            } catch (MalformedRowException e) {
                bad(lines.number(), e.getMessage());
            }
        }
        if (orders.isEmpty() && badRowCount == 0) {
            bad(lines.number(), "the file has no rows");
        }
    }

    private PlaceOrder order(String line) throws MalformedRowException {
        if (line.length() > Lines.MAX_LENGTH) {
            throw new MalformedRowException("longer than " + Lines.MAX_LENGTH + " characters");
        }
        List<String> fields = CsvRow.split(line);
        if (fields.size() != OrderSheet.HEADER.size()) {
            throw new MalformedRowException(
                    fields.size() + " fields instead of " + OrderSheet.HEADER.size() + ": customer,sku,quantity");
        }
        return new PlaceOrder(customer(fields.get(0)), sku(fields.get(1)), quantity(fields.get(2)));
    }

    private static String customer(String field) throws MalformedRowException {
        if (field.isBlank() || field.length() > PlaceOrder.MAX_CUSTOMER_LENGTH) {
            throw new MalformedRowException(
                    "customer must have 1 to " + PlaceOrder.MAX_CUSTOMER_LENGTH + " characters");
        }
        if (!field.matches(PlaceOrder.CUSTOMER_PATTERN)) {
            throw new MalformedRowException("customer must not hold control characters");
        }
        return field;
    }

    private String sku(String field) throws MalformedRowException {
        if (!skus.contains(field)) {
            throw new MalformedRowException("there is no product '" + field + "'");
        }
        return field;
    }

    private static int quantity(String field) throws MalformedRowException {
        try {
            int quantity = Integer.parseInt(field);
            if (quantity >= 1 && quantity <= PlaceOrder.MAX_QUANTITY) {
                return quantity;
            }
        } catch (NumberFormatException e) {
            // Reported below, as any other text that is no such number.
        }
        throw new MalformedRowException(
                "quantity must be a whole number from 1 to " + PlaceOrder.MAX_QUANTITY + ", not '" + field + "'");
    }

    private void bad(int line, String reason) {
        badRowCount++;
        if (badRows.size() < MAX_REPORTED) {
            badRows.add(new BadRow(line, reason));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
