# /etc/varnish/default.vcl: Varnish instead of the cache of nginx, between nginx with its TLS and the application.
vcl 4.1;

import std;

# Varnish must be able to open it: SocketUser=vcache in postportal.socket.
backend default {
    .path = "/run/postportal/portal.sock";
    .probe = {
        .request = "GET /healthz HTTP/1.1" "Host: portal.example" "Connection: close";
        .interval = 2s;
        .initial = 8;
    }
}

acl tls_proxy {
    "127.0.0.1";
}

sub vcl_recv {
    # Varnish has added the address of nginx, which is not the reader.
    if (client.ip ~ tls_proxy) {
        set req.http.X-Forwarded-For = regsub(req.http.X-Forwarded-For, ",[^,]*$", "");
    }
    if (req.url ~ "^/(admin|media|preview|healthz|livez|metrics)(/|\?|$)") {
        return (pass);
    }
    # Other cookies change no page. With these, Varnish passes the request on by itself.
    if (req.http.Cookie !~ "(?i)(sessionid|csrftoken|messages)") {
        unset req.http.Cookie;
    }
    # The limits of Cache-Control: a second while the application answers, a minute if it does not.
    if (std.healthy(req.backend_hint)) {
        set req.grace = 1s;
    }
}

sub vcl_backend_response {
    if (beresp.http.Cache-Control ~ "stale-if-error=60") {
        set beresp.grace = 60s;
    } else {
        set beresp.grace = 0s;
    }
}

sub vcl_deliver {
    # They would tell what others have asked for.
    unset resp.http.X-Varnish;
    unset resp.http.Via;
}
