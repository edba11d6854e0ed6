package ee.jobqueue.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * Writes what of the suite a store passed to {@code <store>.txt}, one line for each part: {@code StartContract=10/10}. {@code
 * RequiredStores} reads it after the tests. Thread-safe.
 *
 * <p>The folder is {@code target/conformance}, or the one that the configuration parameter {@value #FOLDER} names, since a
 * server has a folder of its own. Where there is neither, nothing is written.
 */
final class ConformanceReport implements AfterTestExecutionCallback, AfterAllCallback {

    /** The configuration parameter of JUnit that names the folder of the report. */
    static final String FOLDER = "jobqueue.conformance.folder";

    private static final Namespace NAMESPACE = Namespace.create(ConformanceReport.class);

    /** What ran of a test class. */
    private record Result(String store, String version, String traits, List<String> passedContracts) {

        static Result of(StoreHarness harness) {
            List<String> traits =
                    harness.traits().stream().map(Trait::name).sorted().toList();
            return new Result(harness.name(), harness.version(), String.join(" ", traits), new ArrayList<>());
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        StoreHarness harness = ((StoreFixture) context.getRequiredTestInstance()).harness();
        Result result = ofClass(context).getOrComputeIfAbsent(Result.class, key -> Result.of(harness), Result.class);
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
        Optional<Path> folder = folder(context);
        if (result != null && folder.isPresent()) {
            try {
                Files.createDirectories(folder.get());
                Files.write(
                        folder.get().resolve(result.store() + ".txt"), lines(result, context.getRequiredTestClass()));
            } catch (IOException e) {
                throw new UncheckedIOException("could not write the conformance report", e);
            }
        }
    }

    private static Optional<Path> folder(ExtensionContext context) {
        return context.getConfigurationParameter(FOLDER)
                .map(Path::of)
                .or(() -> Optional.of(Path.of("target"))
                        .filter(Files::isDirectory)
                        .map(target -> target.resolve("conformance")));
    }

    private static List<String> lines(Result result, Class<?> testClass) {
        Map<String, Long> tests = new TreeMap<>();
        count(testClass, tests);
        List<String> lines = new ArrayList<>(
                List.of("store=" + result.store(), "version=" + result.version(), "traits=" + result.traits()));
        tests.forEach((contract, count) -> lines.add(contract + "="
                + result.passedContracts().stream().filter(contract::equals).count() + "/" + count));
        return lines;
    }

    /** How many tests each contract has that a class, or one of its interfaces, gathers. */
    private static void count(Class<?> gathering, Map<String, Long> tests) {
        for (Class<?> contract : gathering.getInterfaces()) {
            long own = List.of(contract.getDeclaredMethods()).stream()
                    .filter(method -> method.isAnnotationPresent(Test.class))
                    .count();
            if (own > 0) {
                tests.put(contract.getSimpleName(), own);
            }
            count(contract, tests);
        }
    }

    /** The store of the test class, whichever test asks. */
    private static Store ofClass(ExtensionContext context) {
        return context.getRoot().getStore(Namespace.create(NAMESPACE, context.getRequiredTestClass()));
    }
}
