package ee.jobqueue.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation, and what it shows of the examples. */
final class Page {

    private static final Pattern SHOWN =
            Pattern.compile("<!-- region (\\w+) -->\n+```java\n(.*?)```\n", Pattern.DOTALL);
    private static final Pattern JAVA = Pattern.compile("^```java$", Pattern.MULTILINE);
    private static final Pattern REGION =
            Pattern.compile("^ *// region (\\w+)\n(.*?)^ *// endregion$", Pattern.DOTALL | Pattern.MULTILINE);

    private final String text;

    private Page(String text) {
        this.text = text;
    }

    /** The README and all pages. */
    static Map<String, Page> all(Path root) throws IOException {
        List<Path> files = new ArrayList<>(List.of(root.resolve("README.md")));
        try (Stream<Path> pages = Files.walk(root.resolve("src/docs"))) {
            pages.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
        }
        Map<String, Page> all = new LinkedHashMap<>();
        for (Path file : files) {
            all.put(root.relativize(file).toString(), new Page(Files.readString(file)));
        }
        return all;
    }

    /** The Java blocks of the page that name a region, by that name. */
    Map<String, String> shown() {
        return find(SHOWN, text);
    }

    /** How many Java blocks the page has, whether they name a region or not. */
    long javaBlocks() {
        return JAVA.matcher(text).results().count();
    }

    /** The regions of a source file, un-indented, by name. */
    static Map<String, String> regions(Path source) throws IOException {
        Map<String, String> regions = find(REGION, Files.readString(source));
        regions.replaceAll((name, code) -> code.stripTrailing().stripIndent() + "\n");
        return regions;
    }

    private static Map<String, String> find(Pattern pattern, String text) {
        Map<String, String> found = new LinkedHashMap<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.put(matcher.group(1), matcher.group(2));
        }
        return found;
    }
}
