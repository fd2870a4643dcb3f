/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.deploymentschedule;

import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxRateLimitException;
import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import io.github.camelemqx.platform.model.PlatformDeployment;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.builder.RouteBuilder;

/**
 * Starts and stops the deployment, waits until that is done, and reports what became of it to direct:report. What is done
 * already is not done again: the account allows one start and one stop within 60 minutes.
 */
final class Deployment extends RouteBuilder {

    @Override
    public void configure() {
        // a look does no harm twice; a start or stop that was not answered is refused the second time, and that is
        // reported
        onException(EmqxUnavailableException.class)
                .onWhen(failure(EmqxPlatformException::retryable))
                .maximumRedeliveries(3)
                .redeliveryDelay("{{schedule.retry}}")
                .handled(true)
                .setBody(simple("cannot be reached: ${exception.message}"))
                .to("direct:report");

        // the call was taken, and the time was over before the deployment was done
        onException(EmqxUnavailableException.class)
                .handled(true)
                .setBody(simple("LATE: ${exception.message}"))
                .to("direct:report");

        onException(EmqxRateLimitException.class)
                .handled(true)
                .setBody(simple("LIMIT: ${exception.message}"))
                .to("direct:report");

        // it has failed, it is not there, the key may not do that
        onException(EmqxPlatformException.class)
                .handled(true)
                .setBody(simple("FAILED: ${exception.message}"))
                .to("direct:report");

        from("direct:start")
                .routeId("start-deployment")
                .setHeader(EmqxPlatformConstants.ID, simple("{{schedule.deployment}}"))
                .to("emqx-platform:deployments?operation=get")
                .choice()
                .when(status("running"))
                .setBody(constant("runs already"))
                .otherwise()
                .to("emqx-platform:deployments?operation=start&waitFor=running&waitTimeout={{schedule.wait}}")
                .setBody(constant("runs"))
                .end()
                .to("direct:report");

        from("direct:stop")
                .routeId("stop-deployment")
                .setHeader(EmqxPlatformConstants.ID, simple("{{schedule.deployment}}"))
                .to("emqx-platform:deployments?operation=get")
                .choice()
                .when(status("stopped"))
                .setBody(constant("is stopped already"))
                .otherwise()
                .to("direct:tell-clients")
                .to("emqx-platform:deployments?operation=stop&waitFor=stopped&waitTimeout={{schedule.wait}}")
                .setBody(constant("is stopped"))
                .end()
                .to("direct:report");

        // it stops whether or not they could be told
        from("direct:tell-clients")
                .routeId("tell-clients")
                .errorHandler(noErrorHandler())
                .doTry()
                .setBody(constant("stopping"))
                .to("emqx-platform:messages?operation=publish&topic={{schedule.topic}}&param.qos=1")
                .doCatch(EmqxPlatformException.class)
                .log("The clients could not be told: ${exception.message}")
                .end();
    }

    private static Predicate status(String wanted) {
        return exchange -> wanted.equals(
                exchange.getMessage().getBody(PlatformDeployment.class).status());
    }

    private static Predicate failure(java.util.function.Predicate<EmqxPlatformException> test) {
        return exchange -> test.test(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, EmqxPlatformException.class));
    }
}
