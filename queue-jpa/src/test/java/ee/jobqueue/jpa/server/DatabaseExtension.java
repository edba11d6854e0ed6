package ee.jobqueue.jpa.server;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jboss.arquillian.container.spi.event.container.BeforeStart;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;

/** Gives the server its database before it starts, so that the same tests run on each. */
public final class DatabaseExtension implements LoadableExtension {

    /** Called by Arquillian. */
    public DatabaseExtension() {}

    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(Preparation.class);
    }

    /** Creates the database, and adds its file and variables to the server's configuration. */
    public static final class Preparation {

        /** Called by Arquillian. */
        public Preparation() {}

        /** Called by Arquillian before it starts the server. */
        public void prepare(@Observes BeforeStart event) throws IOException, XMLStreamException {
            ServerDatabase database = ServerDatabase.current();
            Map<String, String> variables = database.create();
            Path folder = TestWar.serverFolder().resolve("configDropins/overrides");
            Files.createDirectories(folder);
            try (Writer file = Files.newBufferedWriter(folder.resolve("database.xml"))) {
                write(file, database.file(), variables);
            }
        }

        /** The variables after the file, whose defaults would take their place otherwise. */
        private static void write(Writer file, String included, Map<String, String> variables)
                throws XMLStreamException {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(file);
            xml.writeStartElement("server");
            xml.writeEmptyElement("include");
            xml.writeAttribute("location", "${liberty.configuration}/" + included);
            for (Map.Entry<String, String> variable : variables.entrySet()) {
                xml.writeEmptyElement("variable");
                xml.writeAttribute("name", variable.getKey());
                xml.writeAttribute("value", variable.getValue());
            }
            xml.writeEndElement();
            xml.close();
        }
    }
}
