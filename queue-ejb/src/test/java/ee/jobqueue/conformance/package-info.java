/**
 * The suite that every store passes, and the in-memory store that is its model.
 *
 * <p>Read {@link ee.jobqueue.conformance.StoreHarness} first: it is what a store brings. Its test class implements {@link
 * ee.jobqueue.conformance.JobStoreContract} and returns the harness; that is all of it. {@link
 * ee.jobqueue.conformance.MemoryHarness} is the example.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.conformance;

import org.jspecify.annotations.NullMarked;
