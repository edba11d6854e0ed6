package ee.jobqueue.jpa.server.suite;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs the suite in the thread of a request, all of it at once: a request for each test would take as long as the test. */
@WebServlet("/run")
public class SuiteServlet extends HttpServlet {

    /** The setting that names the store in the report. */
    public static final String STORE = "suite.store";

    /** The setting that names the folder of the report. */
    public static final String FOLDER = "suite.folder";

    private static final int STACK_LINES = 20;

    /** Answers with what failed, under 200 when nothing did. */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(StoreInContainer.class))
                                .configurationParameter(
                                        "jobqueue.conformance.folder",
                                        ConfigProvider.getConfig().getValue(FOLDER, String.class))
                                .build(),
                        listener);
        TestExecutionSummary summary = listener.getSummary();
        boolean passed =
                summary.getTestsFoundCount() > 0 && summary.getTestsSucceededCount() == summary.getTestsFoundCount();
        response.setStatus(passed ? HttpServletResponse.SC_OK : HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        PrintWriter answer = response.getWriter();
        answer.println(summary.getTestsSucceededCount() + " of " + summary.getTestsFoundCount() + " passed");
        summary.printFailuresTo(answer, STACK_LINES);
    }
}
