package ee.jobqueue.ejb;

/** How far a misspelt name is from one that is known. */
final class EditDistance {

    private EditDistance() {}

    /** How many letters are inserted, left out or replaced, at the least, to make one of the other. */
    static int between(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(diagonal, row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
