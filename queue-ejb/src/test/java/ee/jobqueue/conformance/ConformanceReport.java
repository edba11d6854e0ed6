package ee.jobqueue.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * Writes what of the suite a store passed to {@code target/conformance/<store>.txt}, one line for each part: {@code
 * StartContract=10/10}. {@code RequiredStores} reads it after the tests. Thread-safe.
 *
 * <p>Where there is no {@code target} folder, as inside a server, it writes nothing.
 */
final class ConformanceReport implements AfterTestExecutionCallback, AfterAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(ConformanceReport.class);

    /** What ran of a test class. */
    private record Result(String store, String version, List<String> passedContracts) {}

    @Override
    public void afterTestExecution(ExtensionContext context) {
        StoreHarness harness = ((JobStoreContract) context.getRequiredTestInstance()).harness();
        Result result = ofClass(context)
                .getOrComputeIfAbsent(
                        Result.class,
                        key -> new Result(harness.name(), harness.version(), new ArrayList<>()),
                        Result.class);
        if (context.getExecutionException().isEmpty()) {
            synchronized (result) {
                result.passedContracts()
                        .add(context.getRequiredTestMethod().getDeclaringClass().getSimpleName());
            }
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Result result = ofClass(context).get(Result.class, Result.class);
        if (result != null && Files.isDirectory(Path.of("target"))) {
            try {
                Path folder = Files.createDirectories(Path.of("target", "conformance"));
                Files.write(folder.resolve(result.store() + ".txt"), lines(result));
            } catch (IOException e) {
                throw new UncheckedIOException("could not write the conformance report", e);
            }
        }
    }

    private static List<String> lines(Result result) {
        Map<String, Long> tests = new TreeMap<>();
        for (Class<?> contract : JobStoreContract.class.getInterfaces()) {
            long count = List.of(contract.getDeclaredMethods()).stream()
                    .filter(method -> method.isAnnotationPresent(Test.class))
                    .count();
            tests.put(contract.getSimpleName(), count);
        }
        List<String> lines = new ArrayList<>(List.of("store=" + result.store(), "version=" + result.version()));
        tests.forEach((contract, count) -> lines.add(contract + "="
                + result.passedContracts().stream().filter(contract::equals).count() + "/" + count));
        return lines;
    }

    /** The store of the test class, whichever test asks. */
    private static Store ofClass(ExtensionContext context) {
        return context.getRoot().getStore(Namespace.create(NAMESPACE, context.getRequiredTestClass()));
    }
}
