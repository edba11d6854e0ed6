/** Tests of the sample as a whole, from outside: over HTTP, with the packaged server as a process of its own. */
@NullMarked
package ee.jobqueue.sample;

import org.jspecify.annotations.NullMarked;
