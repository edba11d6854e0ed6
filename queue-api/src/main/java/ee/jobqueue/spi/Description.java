package ee.jobqueue.spi;

import ee.jobqueue.Printable;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The text of one error, as Java prints it, but bounded: it ends when it is long enough, however many causes and suppressed
 * errors there are, however deep. No recursion, and nothing but the error's message, stack trace, cause and suppressed errors
 * is asked for, each of which may fail. The cause comes before the suppressed errors, since it says more where the text is
 * cut. Used once.
 */
final class Description {

    /** Of one error; the rest is the server's own calls. */
    private static final int MAX_FRAMES = 60;

    /** Of one error. */
    private static final int MAX_SUPPRESSED = 50;

    private static final StackTraceElement[] NO_FRAMES = {};

    private final UnaryOperator<String> printable;
    private final StringBuilder text = new StringBuilder();
    private final Deque<Part> open = new ArrayDeque<>();
    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    /** One error, and where it was found: below which frames, in which role, how far to the right. */
    private record Part(Throwable error, StackTraceElement[] above, String role, String indent) {}

    Description(UnaryOperator<String> printable) {
        this.printable = printable;
    }

    String of(Throwable error) {
        open.push(new Part(error, NO_FRAMES, "", ""));
        while (!open.isEmpty() && text.length() < Errors.MAX_LENGTH) {
            append(open.pop());
        }
        return Printable.cut(text.toString(), Errors.MAX_LENGTH);
    }

    private void append(Part part) {
        Throwable error = part.error();
        String name = Errors.name(error);
        if (!seen.add(error)) {
            line(part.indent() + part.role() + name + ", as above");
            return;
        }
        line(part.indent() + part.role() + name + printable.apply(Errors.message(error, Errors.MAX_LENGTH)));
        StackTraceElement[] frames = frames(error);
        append(frames, part);
        pushSuppressed(error, frames, part.indent() + "\t");
        Throwable cause = Causes.ask(error, Throwable::getCause);
        if (cause != null) {
            open.push(new Part(cause, frames, "Caused by: ", part.indent()));
        }
    }

    private void append(StackTraceElement[] frames, Part part) {
        int own = frames.length - common(frames, part.above());
        int shown = Math.min(own, MAX_FRAMES);
        for (int i = 0; i < shown && text.length() < Errors.MAX_LENGTH; i++) {
            line(part.indent() + "\tat " + Printable.of(frames[i]));
        }
        if (shown < frames.length) {
            line(part.indent() + "\t... " + (frames.length - shown) + " more");
        }
    }

    /** How many frames both end with. */
    private static int common(StackTraceElement[] frames, StackTraceElement[] above) {
        int common = 0;
        while (common < Math.min(frames.length, above.length)
                && frames[frames.length - 1 - common] != null
                && frames[frames.length - 1 - common].equals(above[above.length - 1 - common])) {
            common++;
        }
        return common;
    }

    private void pushSuppressed(Throwable error, StackTraceElement[] frames, String indent) {
        Throwable[] suppressed = error.getSuppressed();
        for (int i = Math.min(suppressed.length, MAX_SUPPRESSED) - 1; i >= 0; i--) {
            open.push(new Part(suppressed[i], frames, "Suppressed: ", indent));
        }
    }

    private static StackTraceElement[] frames(Throwable error) {
        StackTraceElement[] frames = Causes.ask(error, Throwable::getStackTrace);
        return frames == null ? NO_FRAMES : frames;
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
