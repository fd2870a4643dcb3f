/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.converter.jackson.JacksonConverterFactory;
import retrofit2.http.Body;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Path;
import retrofit2.http.Query;

/** Retrofit with Jackson. */
final class RetrofitPeer implements Peer {

    /** The measured part of the API. */
    interface Api {
        @GET("clients/{id}")
        retrofit2.Call<JsonNode> get(@Path("id") String id);

        @DELETE("clients/{id}")
        retrofit2.Call<Void> kick(@Path("id") String id);

        @POST("authentication/" + io.github.camelemqx.platform.benchmarks.calls.Call.AUTHENTICATOR + "/users")
        retrofit2.Call<JsonNode> createUser(@Body Map<String, Object> user);

        @POST("publish")
        retrofit2.Call<JsonNode> publish(@Body Map<String, Object> message);

        @GET("clients")
        retrofit2.Call<JsonNode> list(@Query("page") int page, @Query("limit") int limit);
    }

    private final Call call;
    private final OkHttpClient client;
    private final Api api;

    RetrofitPeer(Call call, Target target) {
        this.call = call;
        String basic = Credentials.basic(target.appId(), target.appSecret());
        this.client = new OkHttpClient.Builder()
                // as patient as the others are
                .readTimeout(Duration.ofMinutes(3))
                .connectionPool(new ConnectionPool(target.connections(), 5, TimeUnit.MINUTES))
                .addInterceptor(chain -> chain.proceed(chain.request()
                        .newBuilder()
                        .header("Authorization", basic)
                        .build()))
                .build();
        this.api = new Retrofit.Builder()
                .baseUrl(target.apiUrl() + "/")
                .client(client)
                .addConverterFactory(JacksonConverterFactory.create())
                .build()
                .create(Api.class);
    }

    @Override
    public Object call() throws IOException {
        Response<?> response =
                switch (call) {
                    case GET -> api.get(Call.CLIENT).execute();
                    case KICK -> api.kick(Call.CLIENT).execute();
                    case CREATE_USER -> api.createUser(call.body()).execute();
                    case PUBLISH -> api.publish(call.body()).execute();
                    case LIST -> api.list(1, 1000).execute();
                };
        if (response.code() != call.status()) {
            throw new IOException("HTTP " + response.code());
        }
        return response.body();
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
