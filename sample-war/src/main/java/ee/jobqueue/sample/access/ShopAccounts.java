package ee.jobqueue.sample.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.authentication.mechanism.http.BasicAuthenticationMechanismDefinition;
import jakarta.security.enterprise.identitystore.InMemoryIdentityStoreDefinition;
import jakarta.security.enterprise.identitystore.InMemoryIdentityStoreDefinition.Credentials;

/**
 * Who may come in. {@code web.xml} asks everybody for a name and a password; a group is the role of the same name.
 *
 * <p><b>For the demonstration only:</b> passwords that everybody can read here, sent over plain HTTP to the same machine. A
 * real shop has its callers in a directory or a database, and TLS.
 *
 * @since 0.1
 */
@ApplicationScoped
@BasicAuthenticationMechanismDefinition(realmName = "shop")
@InMemoryIdentityStoreDefinition({
    @Credentials(callerName = "shopper", password = "shopper-demo", groups = Roles.SHOPPER),
    @Credentials(
            callerName = "approver",
            password = "approver-demo",
            groups = {Roles.SHOPPER, Roles.APPROVER})
})
public class ShopAccounts {}
