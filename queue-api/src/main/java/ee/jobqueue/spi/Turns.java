package ee.jobqueue.spi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * How types share the free slots: they take turns, so that a flood of one starves no other. For stores that cannot say it in
 * one statement.
 *
 * @since 0.1
 */
public final class Turns {

    private Turns() {}

    /**
     * Deals places: the first of each list, then the second of each, and so on.
     *
     * @param due the due jobs of each type, each list in its order
     * @param among which of those comes first that have the same place in their lists
     * @param places how many are dealt at most
     * @param <T> a due job, as the store looks at it
     * @return the jobs that got a place
     */
    public static <T> List<T> deal(Collection<List<T>> due, Comparator<? super T> among, int places) {
        List<T> dealt = new ArrayList<>();
        for (int turn = 0; dealt.size() < places; turn++) {
            int round = turn;
            List<T> next = due.stream()
                    .filter(jobs -> jobs.size() > round)
                    .map(jobs -> jobs.get(round))
                    .sorted(among)
                    .toList();
            if (next.isEmpty()) {
                break;
            }
            dealt.addAll(next.subList(0, Math.min(next.size(), places - dealt.size())));
        }
        return dealt;
    }
}
