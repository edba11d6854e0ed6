/**
 * The examples of the documentation, as compiled code. The pages show the regions between {@code // region NAME} and
 * {@code // endregion}; {@code ReadmeExamplesTest} runs them and sees to it that the pages show them as they are.
 *
 * <p>Vetoed, since where this jar is in an application nobody there has the beans that the examples ask for.
 *
 * @since 0.1
 */
@NullMarked
@Vetoed
package ee.jobqueue.examples;

import jakarta.enterprise.inject.Vetoed;
import org.jspecify.annotations.NullMarked;
