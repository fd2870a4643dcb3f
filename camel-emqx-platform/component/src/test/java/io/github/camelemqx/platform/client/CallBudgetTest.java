/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelemqx.platform.catalog.Catalog;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.exception.EmqxRateLimitException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The window of documented calls moves with time, and the looks of a wait are spread over it. */
class CallBudgetTest {

    private final Catalog catalog = Catalog.load();
    private final Operation get = catalog.resource("deployments").operation("get");
    private final Operation start = catalog.resource("deployments").operation("start");
    private final Operation create = catalog.resource("deployments").operation("create");

    /** Begins where a clock of nanoseconds may: below zero. */
    private final AtomicLong now = new AtomicLong(-Duration.ofMinutes(10).toNanos());

    private final CallBudget budget = new CallBudget(now::get);

    @Test
    void theOldestCallLeavesFirst() throws Exception {
        budget.spend(get);
        pass(Duration.ofMinutes(1));
        for (int i = 0; i < 59; i++) {
            budget.spend(get);
        }
        assertThat(budget.left(get)).isZero();
        assertThat(refusal(get).retryAfter()).isEqualTo(Duration.ofMinutes(59));
        pass(Duration.ofMinutes(59).minusNanos(1));
        EmqxRateLimitException refusal = refusal(get);
        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofNanos(1));
        assertThat(refusal).hasMessageEndingWith("used up for another 1 s");
        pass(Duration.ofNanos(1));
        assertThat(budget.left(get)).isEqualTo(1);
        budget.spend(get);
        assertThat(refusal(get).retryAfter()).isEqualTo(Duration.ofMinutes(1));
        pass(Duration.ofMinutes(1));
        assertThat(budget.left(get)).isEqualTo(59);
    }

    @Test
    void aRefusedCallDoesNotCount() throws Exception {
        budget.spend(start);
        pass(Duration.ofMinutes(30));
        assertThatThrownBy(() -> budget.spend(start)).isInstanceOf(EmqxRateLimitException.class);
        assertThat(refusal(start)).hasMessageContaining("1 call in 60 minutes").hasMessageContaining("1800 s");
        pass(Duration.ofMinutes(30));
        budget.spend(start);
    }

    @Test
    void aCallGivenBackDoesNotCount() throws Exception {
        long spent = budget.spend(start);
        budget.giveBack(start, spent);
        budget.spend(start);
        assertThat(budget.left(start)).isZero();
    }

    @Test
    void whatHasNoLimitIsNotCounted() throws Exception {
        for (int i = 0; i < 1000; i++) {
            budget.giveBack(create, budget.spend(create));
        }
        assertThat(budget.left(create)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void manyThreadsSpendNoMoreThanThereIs() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Boolean> spend = () -> {
                try {
                    budget.spend(get);
                    return true;
                } catch (EmqxRateLimitException refused) {
                    return false;
                }
            };
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                calls.add(spend);
            }
            int sent = 0;
            for (Future<Boolean> call : threads.invokeAll(calls)) {
                sent += call.get() ? 1 : 0;
            }
            assertThat(sent).isEqualTo(60);
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource({
        // a quarter of an hour with the whole limit: every 15 s, not every 10
        "900, 60, 15",
        "900, 59, 15.254237288",
        "900, 10, 90",
        "300, 60, 10",
        "900, 2147483647, 10",
        "5, 60, 5",
        "900, 1, 900",
        "900, 0, 0"
    })
    void looksAreSpreadOverTheTimeThatIsLeft(long left, int looks, String seconds) {
        StatusWait wait = new StatusWait(Duration.ofMinutes(15), StatusWait.SHORTEST_INTERVAL, new Pauses());
        assertThat(wait.interval(Duration.ofSeconds(left), looks)).isEqualTo(Duration.parse("PT" + seconds + "S"));
    }

    private EmqxRateLimitException refusal(Operation operation) {
        return catchThrowableOfType(EmqxRateLimitException.class, () -> budget.spend(operation));
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
