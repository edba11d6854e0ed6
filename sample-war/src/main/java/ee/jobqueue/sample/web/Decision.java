package ee.jobqueue.sample.web;

import jakarta.validation.constraints.NotNull;

/**
 * A person's decision on a large order. Immutable.
 *
 * @param approved whether the order goes on
 * @since 0.1
 */
public record Decision(@NotNull Boolean approved) {}
