package ee.jobqueue.sample.access;

/**
 * What a caller may do in the shop.
 *
 * @since 0.1
 */
public final class Roles {

    /** Places orders, and looks at all there are. */
    public static final String SHOPPER = "shopper";

    /** Decides on the orders that wait for approval. */
    public static final String APPROVER = "approver";

    /** The shop itself, where it calls its payment provider. */
    public static final String SERVER = "server";

    private Roles() {}
}
