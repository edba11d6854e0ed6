package ee.jobqueue.sample.payment;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.jobqueue.sample.access.Roles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * The shop's account at the provider. Shop and provider are one application here, so that its password is made anew at each
 * start and nobody else has it. Safe for use by several threads.
 */
@ApplicationScoped
class ShopAccount implements IdentityStore {

    private static final String NAME = "shop";
    private static final int PASSWORD_BYTES = 32;

    private final String password = newPassword();

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (!(credential instanceof UsernamePasswordCredential login)) {
            return CredentialValidationResult.NOT_VALIDATED_RESULT;
        }
        return NAME.equals(login.getCaller()) && isPassword(login.getPasswordAsString())
                ? new CredentialValidationResult(NAME, Set.of(Roles.SERVER))
                : CredentialValidationResult.INVALID_RESULT;
    }

    /** What the shop sends in the header {@code Authorization}. */
    String authorization() {
        return "Basic " + Base64.getEncoder().encodeToString((NAME + ':' + password).getBytes(UTF_8));
    }

    /** Takes as long for every wrong one, so that nobody can measure his way to the right one. */
    private boolean isPassword(String tried) {
        return MessageDigest.isEqual(password.getBytes(UTF_8), tried.getBytes(UTF_8));
    }

    private static String newPassword() {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
