package ee.jobqueue.sample.access;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Lets a caller through to a method of the REST API that has one of the roles of the method's, else the class's,
 * {@link RolesAllowed}: else 403. A method that names no role is closed to everybody.
 *
 * @since 0.1
 */
@Provider
public class ClosedByDefault implements DynamicFeature {

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Set<String> roles = roles(resource.getResourceClass(), resource.getResourceMethod());
        ContainerRequestFilter guard = request -> {
            if (roles.stream().noneMatch(request.getSecurityContext()::isUserInRole)) {
                throw new ForbiddenException("your account may not do this");
            }
        };
        // Before the server's own look at the roles, where it has one: that gives no reason.
        context.register(guard, Priorities.AUTHENTICATION);
    }

    static Set<String> roles(Class<?> resource, Method method) {
        return Stream.of(method, resource)
                .map(declared -> declared.getAnnotation(RolesAllowed.class))
                .filter(Objects::nonNull)
                .findFirst()
                .map(allowed -> Set.of(allowed.value()))
                .orElse(Set.of());
    }
}
