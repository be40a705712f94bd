#include "app/assay-cli/verbs.h"

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/text/score_text.h"
#include "core/text/trainer_words.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <memory>
#include <thread>

namespace assay {

namespace {

struct TokenizeOptions {
    std::string model;
    std::string text;
    bool noBos = false;
    bool json = false;
};

Result<void> tokenize(const TokenizeOptions& options) {
    Result<std::shared_ptr<const Tokenizer>> tokenizer = loadTokenizer(options.model);
    if (!tokenizer)
        return forward(tokenizer);
    if (!*tokenizer)
        return fail("text.no_tokenizer", {{"path", options.model}});
    TokenView view = viewOfText(**tokenizer, options.text);
    if (options.noBos && (*tokenizer)->addsBos()) {
        view.ids.erase(view.ids.begin());
        view.ranges.erase(view.ranges.begin());
    }
    const Json fields = tokenFields(tokenizer->get(), view);
    if (options.json) {
        const Json line{{"ids", fields["ids"]}, {"pieces", fields["pieces"]},
            {"byte_offsets", fields["byte_offsets"]}, {"bytes_hex", fields["bytes_hex"]}};
        std::printf("%s\n", dumpJson(line).c_str());
        return {};
    }
    for (std::size_t i = 0; i < view.ids.size(); ++i)
        std::printf(
            "%8d  %s\n", view.ids[i], fields["pieces"][i].get_ref<const std::string&>().c_str());
    return {};
}

void addTokenize(CLI::App& program) {
    auto options = std::make_shared<TokenizeOptions>();
    CLI::App* verb = program.add_subcommand("tokenize", "Show a text as the tokens a model reads");
    verb->add_option("--model", options->model, "Model folder with a tokenizer")->required();
    verb->add_option("--text", options->text, "The text")->required();
    verb->add_flag("--no-bos", options->noBos, "Without the BOS that the model puts in front");
    verb->add_flag(
        "--json", options->json, "One line of JSON: ids, pieces, byte_offsets, bytes_hex");
    onRun(*verb, [options] { return tokenize(*options); });
}

struct BenchOptions {
    std::string model;
    std::vector<std::string> inputs;
    int threads = 2;
    int repeat = 5;
    bool json = false;
};

/// Lines of about this many bytes go to the tokenizer at once, as rows do in training.
constexpr std::size_t benchPiece = 16 << 10;

std::vector<std::string_view> benchPieces(std::string_view text) {
    std::vector<std::string_view> pieces;
    while (!text.empty()) {
        const std::size_t line
            = text.size() > benchPiece ? text.find('\n', benchPiece) : std::string_view::npos;
        const std::size_t size = line == std::string_view::npos ? text.size() : line + 1;
        pieces.push_back(text.substr(0, size));
        text.remove_prefix(size);
    }
    return pieces;
}

Result<void> benchTokenizer(const BenchOptions& options) {
    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    Result<std::shared_ptr<const Tokenizer>> tokenizer = loadTokenizer(options.model);
    if (!tokenizer)
        return forward(tokenizer);
    if (!*tokenizer)
        return fail("text.no_tokenizer", {{"path", options.model}});
    const std::chrono::duration<double> loading = Clock::now() - start;
    std::string text;
    for (const std::string& input : options.inputs) {
        Result<std::string> bytes = readFile(input);
        if (!bytes)
            return forward(bytes);
        text += *bytes;
    }
    const std::vector<std::string_view> pieces = benchPieces(text);
    std::atomic<std::size_t> next{0};
    std::atomic<std::size_t> tokens{0};
    const std::size_t count = pieces.size() * std::size_t(options.repeat);
    const auto work = [&] {
        for (std::size_t i; (i = next.fetch_add(1)) < count;)
            tokens += (*tokenizer)->encode(pieces[i % pieces.size()]).ids.size();
    };
    const auto begin = Clock::now();
    const std::clock_t processor = std::clock();
    std::vector<std::thread> threads;
    for (int i = 0; i < options.threads; ++i)
        threads.emplace_back(work);
    for (std::thread& thread : threads)
        thread.join();
    const std::chrono::duration<double> spent = Clock::now() - begin;
    // On a busy machine the processor's time says more than the clock on the wall.
    const double busy = double(std::clock() - processor) / CLOCKS_PER_SEC;
    const double bytes = double(text.size()) * options.repeat;
    const Json line{{"bytes", bytes}, {"tokens", tokens.load()}, {"threads", options.threads},
        {"load_s", loading.count()}, {"mb_per_s", bytes / 1e6 / spent.count()},
        {"mb_per_cpu_s", bytes / 1e6 / busy},
        {"tokens_per_s", double(tokens.load()) / spent.count()}};
    if (options.json)
        std::printf("%s\n", dumpJson(line).c_str());
    else
        std::printf("%.1f MB, %zu tokens, %d threads: %.1f MB/s, %.1f MB a second of processor "
                    "time (loaded in %.2f s)\n",
            bytes / 1e6, tokens.load(), options.threads, bytes / 1e6 / spent.count(),
            bytes / 1e6 / busy, loading.count());
    return {};
}

void addBenchTokenizer(CLI::App& program) {
    auto options = std::make_shared<BenchOptions>();
    CLI::App* verb = program.add_subcommand(
        "bench-tokenizer", "Measure how fast a tokenizer encodes on this machine");
    verb->add_option("--model", options->model, "Model folder with a tokenizer")->required();
    verb->add_option("--input", options->inputs, "Text files to encode")->required();
    verb->add_option("--threads", options->threads, "Threads that encode at once")
        ->check(CLI::Range(1, 256))
        ->capture_default_str();
    verb->add_option("--repeat", options->repeat, "How often the text is encoded")
        ->check(CLI::Range(1, 100000))
        ->capture_default_str();
    verb->add_flag("--json", options->json, "One line of JSON");
    onRun(*verb, [options] { return benchTokenizer(*options); });
}

struct TrainTokenizerOptions {
    std::vector<std::string> inputs;
    std::string output;
    std::string chatTemplate;
    TokenizerTraining training;
    bool showsProgress = false;
};

Result<void> trainTokenizer(const TrainTokenizerOptions& options) {
    TokenizerTraining training = options.training;
    std::shared_ptr<const ChatTemplate> chatTemplate;
    if (!options.chatTemplate.empty()) {
        Result<std::shared_ptr<const ChatTemplate>> named
            = chatTemplateByName(options.chatTemplate);
        if (!named)
            return forward(named);
        chatTemplate = *named;
        for (const std::string& token : chatTemplate->controlTokens())
            if (std::find(training.controlSymbols.begin(), training.controlSymbols.end(), token)
                == training.controlSymbols.end())
                training.controlSymbols.push_back(token);
    }
    const std::vector<std::filesystem::path> corpus(options.inputs.begin(), options.inputs.end());
    if (Result<void> done = trainSentencePiece(corpus, training, options.output,
            options.showsProgress ? TrainerWords::Print : TrainerWords::Omit);
        !done)
        return done;
    if (chatTemplate) {
        if (Result<void> done = storeChatTemplate(*chatTemplate, options.output); !done)
            return done;
    }
    std::printf("%s: %lld pieces\n", options.output.c_str(),
        static_cast<long long>(training.vocabularySize));
    return {};
}

void addTrainTokenizer(CLI::App& program) {
    auto options = std::make_shared<TrainTokenizerOptions>();
    CLI::App* verb = program.add_subcommand(
        "train-tokenizer", "Train a SentencePiece tokenizer on text files");
    verb->add_option("--input", options->inputs, "Text files, one sentence or paragraph a line")
        ->required();
    verb->add_option(
            "--vocab", options->training.vocabularySize, "Pieces in all, special ones included")
        ->capture_default_str();
    verb->add_option(
            "--out", options->output, "Folder for tokenizer.model and tokenizer_config.json")
        ->required();
    verb->add_option("--kind", options->training.model, "bpe or unigram")->capture_default_str();
    verb->add_option("--coverage", options->training.characterCoverage,
            "Share of the corpus' characters that get a piece; the others become bytes")
        ->capture_default_str();
    verb->add_option(
        "--control", options->training.controlSymbols, "Control tokens such as <|im_start|>");
    verb->add_flag(
        "--progress", options->showsProgress, "Tell on standard error what the trainer does");
    verb->add_option("--template", options->chatTemplate,
        "Chat template to store with it; its control tokens are added");
    onRun(*verb, [options] { return trainTokenizer(*options); });
}

} // namespace

void addTextVerbs(CLI::App& program) {
    addTokenize(program);
    addBenchTokenizer(program);
    addTrainTokenizer(program);
}

} // namespace assay
