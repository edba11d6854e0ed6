/**
 * The shop's REST API under {@code /api}, and how errors are told: as {@code application/problem+json} (RFC 9457), saying
 * what is wrong and what to do.
 *
 * <p>Read {@link ee.jobqueue.sample.web.OrderResource} first.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.sample.web;

import org.jspecify.annotations.NullMarked;
