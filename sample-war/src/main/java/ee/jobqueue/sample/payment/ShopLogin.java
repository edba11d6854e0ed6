package ee.jobqueue.sample.payment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import org.eclipse.microprofile.rest.client.ext.ClientHeadersFactory;

/**
 * Sends the shop's own account with each call of the provider, whoever is logged in at the shop. Safe for use by several
 * threads.
 *
 * @since 0.1
 */
@ApplicationScoped
public class ShopLogin implements ClientHeadersFactory {

    @Inject
    private ShopAccount account;

    @Override
    public MultivaluedMap<String, String> update(
            MultivaluedMap<String, String> incoming, MultivaluedMap<String, String> outgoing) {
        MultivaluedMap<String, String> added = new MultivaluedHashMap<>();
        added.putSingle(HttpHeaders.AUTHORIZATION, account.authorization());
        return added;
    }
}
