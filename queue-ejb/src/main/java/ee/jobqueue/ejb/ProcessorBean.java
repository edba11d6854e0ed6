package ee.jobqueue.ejb;

import ee.jobqueue.ChainStep;
import ee.jobqueue.JobProcessor;
import ee.jobqueue.Outcome;
import ee.jobqueue.StagedAttempt;
import ee.jobqueue.StagedJobProcessor;
import ee.jobqueue.engine.ProcessorHandle;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A processor that is a CDI bean. Each attempt has a request context of its own; a dependent bean lives as long as the
 * attempt, its finish included.
 */
final class ProcessorBean implements ProcessorHandle {

    private final BeanManager beanManager;
    private final Bean<?> bean;
    private final Type processorType;

    ProcessorBean(BeanManager beanManager, Bean<?> bean, Type processorType) {
        this.beanManager = beanManager;
        this.bean = bean;
        this.processorType = processorType;
    }

    @Override
    public void during(Body body) {
        RequestContextController request = beanManager
                .createInstance()
                .select(RequestContextController.class)
                .get();
        boolean activated = request.activate();
        try {
            CreationalContext<?> creation = beanManager.createCreationalContext(bean);
            try {
                Object processor = beanManager.getReference(bean, processorType, creation);
                body.run((input, attempt) -> call(processor, input, attempt));
            } finally {
                creation.release();
            }
        } finally {
            if (activated) {
                request.deactivate();
            }
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // discovery has seen that the input is of the processor's type
    private static @Nullable Outcome<?> call(Object processor, Object input, StagedAttempt attempt) throws Exception {
        if (processor instanceof JobProcessor atomic) {
            return atomic.execute((ChainStep) input, attempt);
        }
        return ((StagedJobProcessor) processor).execute((ChainStep) input, attempt);
    }
}
