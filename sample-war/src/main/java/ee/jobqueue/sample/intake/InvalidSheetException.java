package ee.jobqueue.sample.intake;

import java.util.List;

/**
 * Thrown when a CSV file has rows that cannot be imported. Nothing was imported.
 *
 * @since 0.1
 */
public final class InvalidSheetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<BadRow> firstBadRows;
    private final int badRowCount;

    InvalidSheetException(List<BadRow> firstBadRows, int badRowCount) {
        super("nothing was imported: " + badRowCount + (badRowCount == 1 ? " row is" : " rows are")
                + " not valid; correct the file and send it again");
        this.firstBadRows = List.copyOf(firstBadRows);
        this.badRowCount = badRowCount;
    }

    /**
     * The first of the bad rows.
     *
     * @return at most 50, in the order of the file
     */
    public List<BadRow> firstBadRows() {
        return firstBadRows;
    }

    /**
     * How many bad rows there are in all.
     *
     * @return the number
     */
    public int badRowCount() {
        return badRowCount;
    }
}
