package ee.jobqueue.engine;

import ee.jobqueue.InvalidJobTypeException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Orders processors by the names of their types. */
final class ProcessorTable {

    private ProcessorTable() {}

    /**
     * Orders them.
     *
     * @throws InvalidJobTypeException when two processors are there for one type
     */
    static Map<String, ProcessorRegistration> of(Collection<ProcessorRegistration> registrations) {
        Map<String, ProcessorRegistration> table = new LinkedHashMap<>();
        for (ProcessorRegistration registration : registrations) {
            String name = JobTypeDefinition.of(registration.inputClass()).name();
            ProcessorRegistration other = table.put(name, registration);
            if (other != null) {
                String rule = other.inputClass() == registration.inputClass()
                        ? "two processors run it: " + other.owner().getName() + " and "
                                + registration.owner().getName() + "; remove one"
                        : "two classes have this name: " + other.inputClass().getName() + " and "
                                + registration.inputClass().getName() + "; rename one";
                throw new InvalidJobTypeException(name, rule);
            }
        }
        return Map.copyOf(table);
    }
}
