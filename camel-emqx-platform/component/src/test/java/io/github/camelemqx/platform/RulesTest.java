/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.exception.EmqxConflictException;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.model.Rule;
import io.github.camelemqx.platform.test.Generation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules have one vocabulary: the same routes write and read them on both generations; what they do differs. */
@ParameterizedClass
@EnumSource(Generation.class)
class RulesTest extends BothGenerations {

    private static final String SQL = "SELECT payload.x as x FROM \"t/#\"";

    @Test
    void oneRouteCreatesReadsChangesAndDeletesARule() {
        Map<String, Object> created = row("rules?operation=create", rule("r1", SQL));
        assertThat(created)
                .containsEntry("id", "r1")
                .containsEntry("sql", SQL)
                .containsEntry("enable", false)
                .containsEntry("description", "counts")
                .containsEntry("from", List.of("t/#"))
                .doesNotContainKeys("rawsql", "enabled", "for");
        assertThat(Instant.parse((String) created.get("created_at"))).isNotNull();

        assertThat(row("rules?operation=get&id=r1"))
                .containsEntry("id", "r1")
                .containsEntry("sql", SQL)
                .containsEntry("enable", false);
        assertThat(rows("rules?operation=list"))
                .extracting(row -> row.get("id"))
                .containsExactly("r1");

        String other = "SELECT * FROM \"u/1\"";
        row("rules?operation=update&id=r1", Map.of("sql", other, "enable", true, "description", "changed"));
        assertThat(row("rules?operation=get&id=r1"))
                .containsEntry("sql", other)
                .containsEntry("from", List.of("u/1"))
                .containsEntry("enable", true)
                .containsEntry("description", "changed");
        result("rules?operation=reset-metrics&id=r1");

        assertThat(result("rules?operation=delete&id=r1")).isNull();
        failure(EmqxNotFoundException.class, "rules?operation=get&id=r1", null, Map.of());
    }

    @Test
    void namesOfGeneration4AreTakenToo() {
        row("rules?operation=create", Map.of("id", "r1", "rawsql", SQL, "enabled", false));
        assertThat(row("rules?operation=get&id=r1")).containsEntry("sql", SQL).containsEntry("enable", false);
    }

    @Test
    void aRuleIsARecordAndARecordIsARule() {
        row("rules?operation=create", new Rule("r1", null, SQL, true, "counts", null, null, null));
        Rule rule = context.getTypeConverter().convertTo(Rule.class, row("rules?operation=get&id=r1"));
        assertThat(rule.id()).isEqualTo("r1");
        assertThat(rule.sql()).isEqualTo(SQL);
        assertThat(rule.enable()).isTrue();
        assertThat(rule.createdAt()).isNotNull();
    }

    @Test
    void aTakenIdIsAConflictAndBadSqlIsInvalid() {
        row("rules?operation=create", rule("r1", SQL));
        Class<? extends Exception> taken = v5() ? EmqxInvalidRequestException.class : EmqxConflictException.class;
        failure(taken, "rules?operation=create", rule("r1", SQL), Map.of());
        failure(EmqxInvalidRequestException.class, "rules?operation=create", rule("r2", "SELEC nothing"), Map.of());
    }

    @Test
    void whatAGenerationNeedsIsSaidBeforeAnythingIsSent() {
        row("rules?operation=create", rule("r1", SQL));
        int before = emqx.wireMock().getAllServeEvents().size();
        if (v5()) {
            Exception failed = failure(
                    EmqxInvalidRequestException.class,
                    "rules?operation=update&id=r1",
                    Map.of("enable", true),
                    Map.of());
            assertThat(failed).hasMessageContaining("no value for sql, which generation v5 needs");
            assertThat(emqx.wireMock().getAllServeEvents()).hasSize(before);
        } else {
            row("rules?operation=update&id=r1", Map.of("enable", true));
            assertThat(row("rules?operation=get&id=r1"))
                    .containsEntry("enable", true)
                    .containsEntry("sql", SQL);
        }
    }

    private static Map<String, Object> rule(String id, String sql) {
        return Map.of("id", id, "sql", sql, "enable", false, "description", "counts");
    }
}
