package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.NOW;
import static ee.jobqueue.mongo.Expressions.match;
import static ee.jobqueue.mongo.Expressions.project;
import static ee.jobqueue.mongo.Expressions.set;

import ee.jobqueue.spi.Token;
import java.util.List;
import java.util.Set;
import org.bson.Document;

/**
 * Gives back jobs whose attempts never began, outside any transaction: in one, a single job that somebody holds would conflict,
 * and keep all the others.
 */
final class GivingBack {

    private final Opened opened;

    GivingBack(Opened opened) {
        this.opened = opened;
    }

    /** Answers the attempts whose jobs a transaction holds. */
    List<Token> giveBack(List<Token> tokens) {
        if (tokens.isEmpty()) {
            return List.of();
        }
        List<Object> jobs =
                tokens.stream().<Object>map(token -> Ids.of(token.jobId())).toList();
        Document owned = new Document("$or", tokens.stream().map(Fence::of).toList());
        int back = new PassingOver(opened)
                .change(jobs, owned, List.of(set(Finishing.putBack(NOW))))
                .size();
        return back == tokens.size() ? List.of() : passedOver(tokens, owned);
    }

    private List<Token> passedOver(List<Token> tokens, Document owned) {
        Set<Object> held = Set.copyOf(Chains.ids(
                new MongoSession(opened, null).jobs().find(match(owned), project(new Document(Fields.ID, 1)))));
        return tokens.stream()
                .filter(token -> held.contains(Ids.of(token.jobId())))
                .toList();
    }
}
