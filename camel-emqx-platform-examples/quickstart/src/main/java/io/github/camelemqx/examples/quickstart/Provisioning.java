/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.quickstart;

import io.github.camelemqx.platform.exception.EmqxConflictException;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.model.User;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Route 4: each line of a CSV file becomes a user of the broker; one that exists already is left as it is. */
final class Provisioning extends RouteBuilder {

    private final Console console;
    private final Tally tally;

    Provisioning(Console console, Tally tally) {
        this.console = console;
        this.tally = tally;
    }

    @Override
    public void configure() {
        onException(EmqxConflictException.class)
                .handled(true)
                .process(line -> tell("duplicate", "user %s exists already: handled, left as it is", userId(line)));
        onException(EmqxInvalidRequestException.class)
                .handled(true)
                .process(line -> tell(
                        "invalid",
                        "user %s not created: handled, %s",
                        userId(line),
                        failure(line).getMessage()));

        from("timer:new-devices?repeatCount=1")
                .routeId("provisioning")
                .setBody()
                .constant("resource:classpath:new-devices.csv")
                .split()
                // the first line names the columns
                .tokenize("\n", 1, true)
                // a broker hashes each password: at most two a second
                .throttle(2)
                .setBody()
                .body(String.class, Provisioning::user)
                .to("emqx-platform:users?operation=create")
                .process()
                .body(User.class, user -> tell("created", "user %s created", user.userId()))
                .end();
    }

    /** A line as a row of users. A field that is empty is left out: the component then says what is missing. */
    private static Map<String, Object> user(String line) {
        String[] fields = line.strip().split(",", 2);
        return fields.length < 2 || fields[1].isBlank()
                ? Map.of("user_id", fields[0])
                : Map.of("user_id", fields[0], "password", fields[1]);
    }

    private void tell(String what, String format, Object... values) {
        tally.add(what);
        console.event("> " + format, values);
    }

    private static Object userId(Exchange line) {
        return line.getMessage().getBody(Map.class).get("user_id");
    }

    private static Exception failure(Exchange line) {
        return line.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    }
}
