package ee.jobqueue.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClients;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessBean;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Makes the beans that an application does not bring itself: a {@link MongoStateProvider} over a client of the configuration,
 * and the {@code ClientSession} to inject.
 */
public class MongoStateExtension implements Extension {

    private final Set<Type> brought = new HashSet<>();

    /** Called by the container. */
    public MongoStateExtension() {}

    void notice(@Observes ProcessBean<?> event) {
        Bean<?> bean = event.getBean();
        for (Type type : Set.<Type>of(MongoStateProvider.class, ClientSession.class)) {
            if (bean.getTypes().contains(type)) {
                brought.add(type);
            }
        }
    }

    void complete(@Observes AfterBeanDiscovery event) {
        if (!brought.contains(MongoStateProvider.class)) {
            event.<JtaStateProvider>addBean()
                    .types(MongoStateProvider.class)
                    .scope(ApplicationScoped.class)
                    .produceWith(instance -> open())
                    .disposeWith((provider, instance) -> provider.close());
        }
        if (!brought.contains(ClientSession.class)) {
            event.<ClientSession>addBean()
                    .types(ClientSession.class)
                    .scope(ApplicationScoped.class)
                    .produceWith(instance -> CurrentSession.of(
                            instance.select(MongoStateProvider.class).get()));
        }
    }

    private static JtaStateProvider open() {
        ClientSettings settings =
                ClientSettings.read(name -> ConfigProvider.getConfig().getOptionalValue(name, String.class));
        Jta jta = Jta.find();
        return new JtaStateProvider(MongoClients.create(settings.client()), settings.database(), jta);
    }
}
