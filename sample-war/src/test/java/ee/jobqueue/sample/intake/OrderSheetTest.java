package ee.jobqueue.sample.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrderSheetTest {

    private static final Set<String> SKUS = Set.of("LAMP-OAK", "MUG-BLUE");
    private static final String HEADER = "customer,sku,quantity\n";

    @Test
    void aGoodFileBecomesItsOrders() throws Exception {
        OrderSheet sheet = read("\uFEFF" + HEADER + "Ada,LAMP-OAK,2\r\n\n\"Hopper, Grace\",MUG-BLUE,1");

        assertThat(sheet.orders())
                .containsExactly(new PlaceOrder("Ada", "LAMP-OAK", 2), new PlaceOrder("Hopper, Grace", "MUG-BLUE", 1));
    }

    @Test
    void everyBadRowIsReportedByItsLine() {
        InvalidSheetException refused = refusal(
                HEADER + "Ada,LAMP-OAK,2\n\nAda,LAMP,1\nAda,LAMP-OAK\n,LAMP-OAK,1\nAda,LAMP-OAK,1.5\nA\tda,LAMP-OAK,1");

        assertThat(refused.firstBadRows()).extracting(BadRow::line).containsExactly(4, 5, 6, 7, 8);
        assertThat(refused.firstBadRows())
                .extracting(BadRow::reason)
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("no product 'LAMP'"),
                        reason -> assertThat(reason).contains("2 fields"),
                        reason -> assertThat(reason).contains("customer"),
                        reason -> assertThat(reason).contains("'1.5'"),
                        reason -> assertThat(reason).contains("control characters"));
    }

    @Test
    void theReportIsBoundedButCountsAll() {
        InvalidSheetException refused = refusal(HEADER + "x\n".repeat(2_000));

        assertThat(refused.firstBadRows()).hasSize(50);
        assertThat(refused.badRowCount()).isEqualTo(2_000);
    }

    @Test
    void quantitiesBeyondTheirBoundsAreRefused() throws Exception {
        assertThat(read(HEADER + "Ada,LAMP-OAK,1000").orders()).hasSize(1);
        assertThat(refusal(HEADER + "Ada,LAMP-OAK,1001").badRowCount()).isEqualTo(1);
        assertThat(refusal(HEADER + "Ada,LAMP-OAK,0").badRowCount()).isEqualTo(1);
        assertThat(refusal(HEADER + "Ada,LAMP-OAK,4294967297").badRowCount()).isEqualTo(1);
    }

    @Test
    void aFileWithoutItsHeaderOrWithoutRowsIsRefused() {
        assertThat(refusal("").firstBadRows().get(0).reason()).contains("first line");
        assertThat(refusal("name,what,many\n").firstBadRows().get(0).reason()).contains("first line");
        assertThat(refusal(HEADER).firstBadRows().get(0).reason()).contains("no rows");
    }

    @Test
    void aFileThatIsNotUtf8IsRefused() {
        byte[] latin1 = (HEADER + "Zo\u00e9,LAMP-OAK,1").getBytes(ISO_8859_1);

        assertThat(refusal(new ByteArrayInputStream(latin1)).firstBadRows())
                .extracting(BadRow::reason)
                .anySatisfy(reason -> assertThat(reason).contains("not UTF-8"));
    }

    @Test
    void aLineWithoutEndDoesNotFillTheMemory() {
        InputStream endless = new InputStream() {
            private long left = 64L * 1024 * 1024;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                if (left <= 0) {
                    return -1;
                }
                Arrays.fill(target, offset, offset + length, (byte) 'x');
                left -= length;
                return length;
            }
        };

        assertThat(refusal(endless).firstBadRows().get(0).reason()).contains("first line");
    }

    @Test
    void tooManyRowsAreRefused() {
        InvalidSheetException refused = refusal(HEADER + "Ada,LAMP-OAK,1\n".repeat(OrderSheet.MAX_ROWS + 1));

        assertThat(refused.firstBadRows())
                .containsExactly(new BadRow(OrderSheet.MAX_ROWS + 2, "more than 100000 rows; split the file"));
    }

    @Test
    void theDigestTellsFilesApart() throws Exception {
        OrderSheet sheet = read(HEADER + "Ada,LAMP-OAK,1\n");

        assertThat(sheet.digest())
                .hasSize(64)
                .isEqualTo(read(HEADER + "Ada,LAMP-OAK,1\n").digest());
        assertThat(sheet.digest()).isNotEqualTo(read(HEADER + "Ada,LAMP-OAK,1").digest());
    }

    @Test
    void theShippedFileHoldsTenThousandOrdersAndSomeAreLarge() throws Exception {
        Set<String> skus = Set.of(
                "LAMP-OAK", "CHAIR-ERGO", "DESK-SIT", "MUG-BLUE", "NOTE-A5", "PEN-BRASS", "BAG-FELT", "CLOCK-LTD");
        try (InputStream csv = Files.newInputStream(Path.of("src/main/webapp/orders-10000.csv"))) {
            OrderSheet sheet = OrderSheet.read(csv, skus);

            assertThat(sheet.orders()).hasSize(10_000);
            assertThat(sheet.orders())
                    .filteredOn(order -> order.sku().equals("DESK-SIT") && order.quantity() > 2)
                    .hasSizeBetween(100, 200);
            assertThat(sheet.orders())
                    .filteredOn(order -> order.sku().equals("CLOCK-LTD"))
                    .extracting(PlaceOrder::quantity)
                    .satisfies(all -> assertThat(
                                    all.stream().mapToInt(each -> each).sum())
                            .as("more clocks than the 500 in stock")
                            .isGreaterThan(500));
        }
    }

    private static OrderSheet read(String csv) throws IOException {
        return OrderSheet.read(new ByteArrayInputStream(csv.getBytes(UTF_8)), SKUS);
    }

    private static InvalidSheetException refusal(String csv) {
        return refusal(new ByteArrayInputStream(csv.getBytes(UTF_8)));
    }

    private static InvalidSheetException refusal(InputStream csv) {
        return catchThrowableOfType(InvalidSheetException.class, () -> OrderSheet.read(csv, SKUS));
    }
}
