package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.jobqueue.TransactionNotAllowedException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * A test of what only a transaction of several documents gives: a rollback, or a decision that others cannot undo at the same
 * moment. Of a store with {@link Trait#NO_TRANSACTIONS} it asserts that the store refuses to be part of one instead.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface NeedsTransactions {

    /** Runs the test, or asserts the refusal. */
    final class Interceptor implements InvocationInterceptor {

        @Override
        public void interceptTestMethod(
                Invocation<Void> invocation,
                ReflectiveInvocationContext<Method> invocationContext,
                ExtensionContext extensionContext)
                throws Throwable {
            StoreHarness harness = ((StoreFixture) extensionContext.getRequiredTestInstance()).harness();
            if (!harness.traits().contains(Trait.NO_TRANSACTIONS)
                    || !invocationContext.getExecutable().isAnnotationPresent(NeedsTransactions.class)) {
                invocation.proceed();
                return;
            }
            invocation.skip();
            assertThatExceptionOfType(TransactionNotAllowedException.class).isThrownBy(harness.store()::requireJoining);
        }
    }
}
