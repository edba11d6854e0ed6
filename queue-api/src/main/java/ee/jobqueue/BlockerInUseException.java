package ee.jobqueue;

import java.util.List;

/**
 * Thrown when a chain is to be deleted whose output a job of another chain still needs: one that waits for it, has not
 * begun, runs, or has failed and may be retried. Nothing was deleted.
 *
 * @since 0.1
 */
public final class BlockerInUseException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private static final int NAMED = 5;

    private final List<Reference> references;

    /**
     * That a job needs a chain.
     *
     * @param blocker the chain that was to be deleted
     * @param job the job that needs its output
     */
    public record Reference(ChainId blocker, JobId job) {}

    /**
     * Makes the error.
     *
     * @param references who needs which of the chains; at least one
     */
    public BlockerInUseException(List<Reference> references) {
        super(references.size() + " jobs outside of what is to be deleted still need it: "
                + references.stream()
                        .limit(NAMED)
                        .map(reference -> "job " + reference.job() + " needs chain " + reference.blocker())
                        .toList()
                + (references.size() > NAMED ? " and more" : "")
                + "; delete their chains as well, or wait until they are completed or cancelled");
        this.references = List.copyOf(references);
    }

    /**
     * Who needs which of the chains.
     *
     * @return all references, by chain and job
     */
    public List<Reference> references() {
        return references;
    }
}
