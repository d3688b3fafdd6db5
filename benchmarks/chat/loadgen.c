/* The load generator of `make bench-chat`: websocket clients in pairs, for every server the same.
 *
 * Each message must come back as one acknowledgement to its sender and one relay to the other of the pair.
 * A relay is timed by the moment that stands at the end of its text.
 *
 *   loadgen -p PORT [-q PORT2] -k relay|fyr [-f CLIENTS] -n COUNT -m sat|rate|idle [-r RATE] [-t SECONDS] [-u WARMUP]
 *           [-P PID,PID] [-F] [-c SECONDS] [-s SOME]
 *
 * -q: every second client connects there.   -k relay: the bare relays; fyr: the product's own calls.
 * -f: one line a client: "cookie contact_id claim_no" (claim_no 0 for a patient); clients 2i and 2i+1 share a contact.
 * -c: the longest that connecting may take; who is connected by then is measured in idle mode, else it ends in failure.
 * -s: so many connect at once.
 * -F: follow the contact in idle mode too.  -P: servers whose CPU (/proc/PID/stat) and memory (smaps_rollup) are told.
 * Prints one line of JSON. Ends with status 1 when anything is not as it should be: an error for an answer, a line cut. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define OPEN_LIMIT 64 /* messages of one client that wait for their acknowledgement at most; a power of two */
#define FOLLOW_ID 999999999u
#define TEXT "Hej, jag har haft feber och hosta i tre dagar och nu k\xc3\xa4nner jag mig andf\xc3\xa5" "dd i trappan"
#define SAMPLES (1 << 23)

typedef struct {
    int fd, waiting;
    uint32_t next_id;
    int64_t sent[OPEN_LIMIT];
    char *buffer;
    int filled, size;
    char cookie[128], contact[40];
    int claim_no;
    char state; /* 'o' opened, 'c' connected, 'f' followed */
} client;

typedef struct { uint32_t *us; size_t count; } samples;

static client *clients;
static int count = 100, port = 8080, port2, epoll_fd, as_fyr, follow_idle, pids[16], pid_count, together = 1;
static double rate, seconds = 5, warmup = 1, connect_s = 120;
static const char *mode = "sat", *file;
static int64_t from, until, connect_by;
static uint64_t acks, relays, held_back;
static samples ack_times, relay_times;

static int64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void die(const char *why, const char *more) {
    fprintf(stderr, "loadgen: %s %.300s (%s)\n", why, more, strerror(errno));
    exit(1);
}

/* --- the servers' CPU and memory, and our own ------------------------------------------------------------------- */

static double cpu_s(void) {
    double total = 0;
    for (int i = 0; i < pid_count; i++) {
        char path[64], line[2048];
        snprintf(path, sizeof path, "/proc/%d/stat", pids[i]);
        FILE *stat = fopen(path, "r");
        if (!stat) die("no such server", path);
        size_t read = fread(line, 1, sizeof line - 1, stat);
        fclose(stat);
        line[read] = 0;
        unsigned long user, kernel;
        sscanf(strrchr(line, ')') + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &kernel);
        total += (user + kernel) / (double)sysconf(_SC_CLK_TCK);
    }
    return total;
}

static long memory_kib(void) {
    long total = 0, value;
    for (int i = 0; i < pid_count; i++) {
        char path[64], line[256];
        snprintf(path, sizeof path, "/proc/%d/smaps_rollup", pids[i]);
        FILE *maps = fopen(path, "r");
        if (!maps) die("no such server", path);
        while (fgets(line, sizeof line, maps)) if (sscanf(line, "Pss: %ld", &value) == 1) total += value;
        fclose(maps);
    }
    return total;
}

static double own_cpu_s(void) {
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

/* --- frames out (RFC 6455) -------------------------------------------------------------------------------------- */

static void put(client *c, const char *data, int length) {
    while (length > 0) {
        int done = write(c->fd, data, length);
        if (done < 0 && errno != EAGAIN) die("write", "");
        if (done < 0) { usleep(50); continue; }
        data += done;
        length -= done;
    }
}

static void put_frame(client *c, int opcode, const char *text, int length) {
    static const unsigned char key[4] = {0x5a, 0x13, 0xc7, 0x21};
    char frame[2048];
    int head = 2;
    frame[0] = 0x80 | opcode;
    if (length < 126) frame[1] = 0x80 | length;
    else { frame[1] = (char)(0x80 | 126); frame[2] = length >> 8; frame[3] = length; head = 4; }
    memcpy(frame + head, key, 4);
    head += 4;
    for (int i = 0; i < length; i++) frame[head + i] = text[i] ^ key[i & 3];
    put(c, frame, head + length);
}

static void post(client *c, int64_t at) {
    char text[1024], claim[32] = "";
    uint32_t id = c->next_id++;
    if (c->waiting >= OPEN_LIMIT - 1) { held_back++; return; } /* as a person's browser would: written, not yet sent */
    c->sent[id % OPEN_LIMIT] = at;
    c->waiting++;
    if (c->claim_no) snprintf(claim, sizeof claim, ",\"claim_no\":%d", c->claim_no);
    int length = as_fyr
        ? snprintf(text, sizeof text, "42%u[\"message:post\",{\"contact_id\":\"%s\",\"client_id\":\"%d-%u-%lld\",\"text\":\"" TEXT " %lld\"%s}]",
                   id, c->contact, (int)(c - clients), id, (long long)at, (long long)at, claim)
        : snprintf(text, sizeof text, "42%u[\"msg:post\",{\"text\":\"" TEXT " %lld\"}]", id, (long long)at);
    put_frame(c, 1, text, length);
}

static void follow(client *c) {
    char text[256];
    put_frame(c, 1, text, snprintf(text, sizeof text, "42%u[\"contact:follow\",{\"contact_id\":\"%s\",\"after\":1000000000}]", FOLLOW_ID, c->contact));
}

/* --- frames in -------------------------------------------------------------------------------------------------- */

static void note(samples *into, uint64_t *counter, int64_t since) {
    int64_t at = now();
    if (at < from || at >= until) return;
    (*counter)++;
    if (into->count < SAMPLES) into->us[into->count++] = (at - since) / 1000;
}

static void on_ack(client *c, const char *packet) {
    uint32_t id = strtoul(packet, 0, 10);
    if (as_fyr && strstr(packet, "\"error\"")) die("refused:", packet);
    if (id == FOLLOW_ID) { c->state = 'f'; return; }
    c->waiting--;
    note(&ack_times, &acks, c->sent[id % OPEN_LIMIT]);
    if (mode[0] == 's' && now() < until) post(c, now());
}

static void on_event(const char *packet, int length) {
    if (as_fyr && strncmp(packet, "[\"entry\"", 8)) return; /* heads, a place in the queue */
    const char *end = packet + length, *text;
    while ((text = memmem(packet, end - packet, "trappan ", 8))) { /* an event may tell of several messages */
        const char *own = as_fyr ? memmem(packet, text - packet, "\"mine\":true", 11) : 0; /* one's own, told to oneself */
        if (!own) note(&relay_times, &relays, atoll(text + 8));
        packet = text + 8;
    }
}

static void on_packet(client *c, char *packet, int length) {
    if (packet[0] == '2') put_frame(c, 1, "3", 1);
    else if (packet[0] == '0') c->state = 'o';
    else if (packet[0] == '4' && packet[1] == '0') c->state = 'c';
    else if (packet[0] == '4' && packet[1] == '2') on_event(packet + 2, length - 2);
    else if (packet[0] == '4' && packet[1] == '3') on_ack(c, packet + 2);
    else die("unexpected packet:", packet);
}

static void on_frame(client *c, int opcode, char *data, int length) {
    char after = data[length];
    data[length] = 0;
    if (opcode == 9) put_frame(c, 10, data, length);
    else if (opcode == 8) die("the server closed a line", "");
    else if (opcode == 1) on_packet(c, data, length);
    data[length] = after;
}

static void take_frames(client *c) {
    int at = 0;
    unsigned char *data = (unsigned char *)c->buffer;
    while (c->filled - at >= 2) {
        int head = 2;
        long length = data[at + 1] & 127;
        if (length == 126) {
            if (c->filled - at < 4) break;
            length = data[at + 2] << 8 | data[at + 3];
            head = 4;
        } else if (length == 127) {
            if (c->filled - at < 10) break;
            length = 0;
            for (int i = 0; i < 8; i++) length = length << 8 | data[at + 2 + i];
            head = 10;
        }
        if (c->filled - at < head + length) break;
        on_frame(c, data[at] & 15, c->buffer + at + head, length);
        at += head + length;
    }
    memmove(c->buffer, c->buffer + at, c->filled - at);
    c->filled -= at;
}

static int receive(client *c) {
    if (c->size - c->filled < 4096) {
        c->size = c->size ? c->size * 2 : 8192;
        c->buffer = realloc(c->buffer, c->size + 8);
    }
    int got = read(c->fd, c->buffer + c->filled, c->size - c->filled);
    if (got == 0) die("the server hung up", "");
    if (got < 0 && errno != EAGAIN) die("read", "");
    if (got > 0) c->filled += got;
    return got;
}

static void pump(int64_t wait_ns) {
    struct epoll_event events[512];
    struct timespec wait = {wait_ns / 1000000000, wait_ns % 1000000000};
    int ready = epoll_pwait2(epoll_fd, events, 512, &wait, 0);
    for (int i = 0; i < ready; i++) {
        client *c = &clients[events[i].data.u32];
        if (receive(c) > 0) take_frames(c);
    }
}

/* --- connecting ------------------------------------------------------------------------------------------------- */

static int receive_in_time(client *c) {
    int got = receive(c);
    if (got < 0 && now() > connect_by) die("no answer in time", "");
    return got;
}

static void wait_for(client *c, char state) {
    while (c->state != state) { receive_in_time(c); take_frames(c); }
}

static void ask_upgrade(client *c, int room) {
    char request[1024];
    put(c, request, snprintf(request, sizeof request,
        "GET /socket.io/?EIO=4&transport=websocket&room=%d HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n%s%s\r\n", room, c->cookie, c->cookie[0] ? "\r\n" : ""));
}

static void await_upgrade(client *c) {
    char *end;
    do {
        receive_in_time(c);
        c->buffer[c->filled] = 0;
    } while (!(end = strstr(c->buffer, "\r\n\r\n")));
    if (strncmp(c->buffer, "HTTP/1.1 101", 12)) die("no upgrade:", c->buffer);
    if (strcasestr(c->buffer, "permessage-deflate")) die("compression was not asked for", "");
    c->filled -= end + 4 - c->buffer;
    memmove(c->buffer, end + 4, c->filled);
    take_frames(c);
    wait_for(c, 'o');
}

static void reach(int i) {
    client *c = &clients[i];
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port2 && (i & 1) ? port2 : port), .sin_addr.s_addr = htonl(0x7f000001)};
    int on = 1;
    c->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (c->fd < 0 || connect(c->fd, (void *)&to, sizeof to)) die("connect", "");
    struct timeval patience = {5, 0};
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(c->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ask_upgrade(c, i / 2);
}

static void listen_to(int i) {
    client *c = &clients[i];
    if (mode[0] == 'i' && c->filled == 0) { free(c->buffer); c->buffer = 0; c->size = 0; }
    fcntl(c->fd, F_SETFL, O_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
    epoll_ctl(epoll_fd, EPOLL_CTL_ADD, c->fd, &event);
}

/* So many come in the same moment, as after a network failure: each step is asked for all before any is awaited. */
static void connect_some(int first, int after) {
    int follows = as_fyr && (mode[0] != 'i' || follow_idle);
    for (int i = first; i < after; i++) reach(i);
    for (int i = first; i < after; i++) await_upgrade(&clients[i]);
    for (int i = first; i < after; i++) put_frame(&clients[i], 1, "40", 2);
    for (int i = first; i < after; i++) wait_for(&clients[i], 'c');
    for (int i = first; follows && i < after; i++) follow(&clients[i]);
    for (int i = first; follows && i < after; i++) wait_for(&clients[i], 'f');
    for (int i = first; i < after; i++) listen_to(i);
}

static void read_clients(void) {
    FILE *lines = fopen(file, "r");
    if (!lines) die("no file", file);
    for (int i = 0; i < count; i++) {
        char cookie[100];
        if (fscanf(lines, "%99s %39s %d", cookie, clients[i].contact, &clients[i].claim_no) != 3) die("too few lines in", file);
        snprintf(clients[i].cookie, sizeof clients[i].cookie, "Cookie: %s", cookie);
    }
    fclose(lines);
}

/* --- the runs --------------------------------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b) {
    uint32_t x = *(uint32_t *)a, y = *(uint32_t *)b;
    return x < y ? -1 : x > y;
}

static double percentile(samples *of, double share) {
    return of->count ? of->us[(size_t)(share * (of->count - 1))] / 1000.0 : -1;
}

static void idle(double took_s, double connect_cpu_s, long before_kib) {
    int64_t settled = now() + warmup * 1e9;
    while (now() < settled) pump(20000000);
    double cpu_before = cpu_s();
    int64_t end = now() + seconds * 1e9;
    while (now() < end) pump(20000000);
    double used_s = cpu_s() - cpu_before;
    printf("{\"mode\":\"idle\",\"n\":%d,\"connect_s\":%.2f,\"connect_cpu_ms\":%.3f,\"kib_per_conn\":%.2f,\"idle_core_pct\":%.2f}\n",
           count, took_s, connect_cpu_s * 1e3 / count, (memory_kib() - before_kib) / (double)count, 100 * used_s / seconds);
}

static void load(void) {
    int64_t start = now();
    uint64_t posted = 0;
    int measuring = 0;
    double server_s = 0, own_s = 0;
    from = start + warmup * 1e9;
    until = from + seconds * 1e9;
    if (mode[0] == 's') for (int i = 0; i < count; i++) post(&clients[i], now());
    for (;;) {
        int64_t at = now(), wait = 1000000;
        if (!measuring && at >= from) { measuring = 1; server_s = cpu_s(); own_s = own_cpu_s(); }
        if (at >= until) break;
        if (mode[0] == 'r') {
            for (;;) {
                int64_t due = start + (int64_t)(posted / rate * 1e9);
                if (due > now()) { wait = due - now(); break; }
                post(&clients[posted * 7919 % count], due);
                posted++;
                if (now() >= until) break;
                if (posted % 8 == 0) pump(0);
            }
        }
        pump(wait < 0 ? 0 : wait > 1000000 ? 1000000 : wait);
    }
    server_s = cpu_s() - server_s;
    own_s = own_cpu_s() - own_s;
    qsort(ack_times.us, ack_times.count, 4, by_size);
    qsort(relay_times.us, relay_times.count, 4, by_size);
    printf("{\"mode\":\"%s\",\"n\":%d,\"acks_s\":%.0f,\"relays_s\":%.0f,\"ack_p50_ms\":%.3f,\"ack_p99_ms\":%.3f,\"relay_p50_ms\":%.3f,\"relay_p99_ms\":%.3f,"
           "\"server_core_pct\":%.1f,\"cpu_us\":%.1f,\"gen_core_pct\":%.0f,\"held_back\":%llu}\n",
           mode, count, acks / seconds, relays / seconds, percentile(&ack_times, .5), percentile(&ack_times, .99), percentile(&relay_times, .5),
           percentile(&relay_times, .99), 100 * server_s / seconds, acks ? server_s * 1e6 / acks : 0, 100 * own_s / seconds, (unsigned long long)held_back);
}

int main(int argc, char **argv) {
    int option;
    while ((option = getopt(argc, argv, "p:q:k:f:n:m:r:t:u:P:c:s:F")) > 0) switch (option) {
        case 'p': port = atoi(optarg); break;
        case 'q': port2 = atoi(optarg); break;
        case 'k': as_fyr = !strcmp(optarg, "fyr"); break;
        case 'f': file = optarg; break;
        case 'n': count = atoi(optarg); break;
        case 'm': mode = optarg; break;
        case 'r': rate = atof(optarg); break;
        case 't': seconds = atof(optarg); break;
        case 'u': warmup = atof(optarg); break;
        case 'c': connect_s = atof(optarg); break;
        case 's': together = atoi(optarg); break;
        case 'F': follow_idle = 1; break;
        case 'P': for (char *pid = strtok(optarg, ","); pid; pid = strtok(0, ",")) pids[pid_count++] = atoi(pid); break;
        default: return 1;
    }
    struct rlimit files = {12000, 12000};
    setrlimit(RLIMIT_NOFILE, &files);
    epoll_fd = epoll_create1(0);
    clients = calloc(count, sizeof(client));
    ack_times.us = malloc(SAMPLES * 4);
    relay_times.us = malloc(SAMPLES * 4);
    if (file) read_clients();
    long before_kib = memory_kib();
    double before_s = cpu_s();
    int64_t began = now();
    connect_by = began + connect_s * 1e9;
    for (int i = 0; i < count; i += together) {
        if (now() > connect_by && mode[0] == 'i') { count = i; break; }
        connect_some(i, i + together < count ? i + together : count);
        pump(0); /* who connected before must answer pings meanwhile */
    }
    if (mode[0] == 'i') idle((now() - began) / 1e9, cpu_s() - before_s, before_kib);
    else load();
    return 0;
}
