/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static io.github.camelemqx.platform.EmqxPlatformConstants.ID;
import static io.github.camelemqx.platform.EmqxPlatformConstants.PARAMETERS;
import static io.github.camelemqx.platform.EmqxPlatformConstants.USERNAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelemqx.platform.exception.EmqxConflictException;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.model.User;
import io.github.camelemqx.platform.test.Generation;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The operations of users, with the same routes on both generations. */
@ParameterizedClass
@EnumSource(Generation.class)
class UsersTest extends BothGenerations {

    /** A user as an application may have it. */
    public record NewUser(String username, String password) {}

    @Test
    void createsFromEveryFormOfABody() {
        String json = "{\"user_id\":\"u-%s\",\"password\":\"" + SECRET + "\"}";
        Map<String, Object> created = row("users?operation=create", Map.of("user_id", "u-map", "password", SECRET));
        assertThat(created.get("user_id")).isEqualTo("u-map");
        assertThat(created.containsKey("password")).isFalse();
        result("users?operation=create", json.formatted("text"));
        result("users?operation=create", json.formatted("bytes").getBytes(StandardCharsets.UTF_8));
        result(
                "users?operation=create",
                new ByteArrayInputStream(json.formatted("stream").getBytes(StandardCharsets.UTF_8)));
        result("users?operation=create", new NewUser("u-pojo", SECRET));
        result("users?operation=create", Map.of("password", SECRET), Map.of(USERNAME, "u-header"));
        result("users?operation=create&username=u-option", Map.of("password", SECRET));
        assertThat(emqx.users()).contains("u-map", "u-text", "u-bytes", "u-stream", "u-pojo", "u-header", "u-option");
    }

    @Test
    void aDuplicateIsAConflict() {
        emqx.addUser("u1", "p");
        EmqxConflictException conflict = failure(
                EmqxConflictException.class,
                "users?operation=create",
                Map.of("user_id", "u1", "password", SECRET),
                Map.of());
        assertThat(conflict.resultCode()).isEqualTo(v5() ? "ALREADY_EXISTS" : null);
        assertThat(conflict.apiMessage()).isEqualTo(v5() ? "User already exists" : "existed");
        assertThat(conflict).hasMessageNotContaining(SECRET);
    }

    @Test
    void getsListsUpdatesAndDeletes() {
        emqx.addUser("a/b ü", "p");
        Map<String, Object> id = Map.of(USERNAME, "a/b ü");
        Map<String, Object> row = row("users?operation=get", null, id);
        assertThat(row.get("user_id")).isEqualTo("a/b ü");
        User user = template.requestBodyAndHeader("emqx-platform:users?operation=get", null, ID, "a/b ü", User.class);
        assertThat(user.userId()).isEqualTo("a/b ü");
        assertThat(user.createdAt() == null).isEqualTo(v5());

        Map<String, Object> updated = row("users?operation=update", Map.of("password", "new"), id);
        assertThat(updated.get("user_id")).isEqualTo("a/b ü");

        assertThat(result("users?operation=delete", null, id)).isNull();
        assertThat(emqx.hasUser("a/b ü")).isFalse();
        assertThat(failure(EmqxNotFoundException.class, "users?operation=get", null, id)
                        .httpStatus())
                .isEqualTo(v5() ? 404 : 200);
    }

    @Test
    void listsAllPagesAndFilters() {
        IntStream.range(0, 25).forEach(i -> emqx.addUser("user-" + i, "p"));
        emqx.addUser("other", "p");
        int before = emqx.users().size();
        assertThat(rows("users?operation=list&pageSize=10")).hasSize(before);
        List<Map<String, Object>> some = rows("users?operation=list&pageSize=10&param.like_user_id=user-");
        assertThat(some).hasSize(25);
        assertThat(some)
                .allSatisfy(row -> assertThat((String) row.get("user_id")).startsWith("user-"));
    }

    @Test
    void anAbsentUserCannotBeUpdated() {
        failure(
                EmqxNotFoundException.class,
                "users?operation=update&username=nobody",
                Map.of("password", "new"),
                Map.of());
    }

    @Test
    void deletingAnAbsentUserIsWhatTheBrokerSays() {
        if (v5()) {
            failure(EmqxNotFoundException.class, "users?operation=delete&username=nobody", null, Map.of());
        } else {
            assertThat(result("users?operation=delete&username=nobody")).isNull();
        }
        assertThat(result("users?operation=delete&username=nobody&failOnNotFound=false"))
                .isNull();
    }

    @Test
    void superusersAreForGeneration5() {
        Map<String, Object> user = Map.of("user_id", "u1", "password", SECRET, "is_superuser", true);
        if (v5()) {
            assertThat(row("users?operation=create", user)).containsEntry("is_superuser", true);
        } else {
            assertThat(failure(EmqxInvalidRequestException.class, "users?operation=create", user, Map.of()))
                    .hasMessageContaining("generation v4 cannot express is_superuser other than false")
                    .hasMessageNotContaining(SECRET);
            assertThat(emqx.hasUser("u1")).isFalse();
        }
        result("users?operation=create", Map.of("user_id", "u2", "password", SECRET, "is_superuser", false));
        assertThat(emqx.hasUser("u2")).isTrue();
    }

    @Test
    void identityPicksTheDatabaseOfGeneration4() {
        String create = "users?operation=create&param.identity=clientid";
        Map<String, Object> user = Map.of("user_id", "device-1", "password", SECRET);
        if (v5()) {
            assertThatThrownBy(() -> call(create, user, Map.of()))
                    .hasRootCauseMessage("Generation v5 cannot express identity of users:create other than username");
            assertThat(call("users?operation=create", user, Map.of(PARAMETERS, Map.of("identity", "clientid")))
                            .getException())
                    .hasMessageContaining("generation v5 cannot express identity other than username");
            return;
        }
        result(create, user);
        assertThat(emqx.clientIdUsers()).contains("device-1");
        assertThat(emqx.hasUser("device-1")).isFalse();
        assertThat(row("users?operation=get&param.identity=clientid&id=device-1"))
                .containsEntry("user_id", "device-1");
        assertThat(rows("users?operation=list&param.identity=clientid&param.like_user_id=device"))
                .hasSize(1);
        result("users?operation=update&param.identity=clientid&id=device-1", Map.of("password", "new"));
        result("users?operation=delete&param.identity=clientid&id=device-1");
        assertThat(emqx.clientIdUsers()).isEmpty();
    }
}
