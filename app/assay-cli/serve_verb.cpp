#include "app/assay-cli/model_verbs.h"

#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace assay {

namespace {

Result<void> serve() {
    // Before libtorch is loaded, which may already print: the protocol's channel is taken aside,
    // and the standard output leads to the standard error.
    const int output = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    if (output < 0 || ::dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
        return fail("usage", {{"what", "serve needs a standard output and a standard error."}});
    auto engine = loadEngine();
    if (!engine)
        return forward(engine);
    // A session holds nothing that could be lost, and a read of the standard input cannot be woken.
    const std::stop_callback leave(interruptToken(), [] { std::_Exit(130); });
    const int status = (*engine)->serve(STDIN_FILENO, output);
    return status == 0
        ? Result<void>()
        : fail("internal", {{"what", "the session ended with " + std::to_string(status)}});
}

} // namespace

void addServeVerb(CLI::App& program) {
    CLI::App& app
        = *program.add_subcommand("serve", "Answer a window's requests (docs/protocol.md)");
    app.add_flag("--stdio")
        ->description("Over standard input and output: JSON-RPC, one message a line")
        ->required();
    onRun(app, [] { return serve(); });
}

} // namespace assay
