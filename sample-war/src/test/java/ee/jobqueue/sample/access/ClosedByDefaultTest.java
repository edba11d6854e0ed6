package ee.jobqueue.sample.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.security.RolesAllowed;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which roles open a method of the REST API. */
class ClosedByDefaultTest {

    /** A resource that somebody adds. */
    static class Added {

        public void forgotten() {}

        @RolesAllowed("clerk")
        public void named() {}
    }

    @RolesAllowed("customer")
    static class Opened extends Added {

        public void plain() {}

        @Override
        @RolesAllowed("clerk")
        public void named() {}
    }

    @Test
    void aMethodThatNamesNoRoleIsClosedToEverybody() throws Exception {
        assertThat(roles(Added.class, "forgotten")).isEmpty();
    }

    @Test
    void aMethodWithoutRolesHasThoseOfItsClass() throws Exception {
        assertThat(roles(Opened.class, "plain")).containsExactly("customer");
    }

    @Test
    void theRolesOfTheMethodComeBeforeThoseOfItsClass() throws Exception {
        assertThat(roles(Added.class, "named")).containsExactly("clerk");
        assertThat(roles(Opened.class, "named")).containsExactly("clerk");
    }

    private static Set<String> roles(Class<?> resource, String method) throws Exception {
        return ClosedByDefault.roles(resource, resource.getMethod(method));
    }
}
