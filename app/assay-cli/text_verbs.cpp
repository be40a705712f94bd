#include "app/assay-cli/verbs.h"

#include "core/base/json.h"
#include "core/text/score_text.h"

#include <cstdio>
#include <memory>

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

struct TrainTokenizerOptions {
    std::vector<std::string> inputs;
    std::string output;
    std::string chatTemplate;
    TokenizerTraining training;
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
    if (Result<void> done = trainSentencePiece(corpus, training, options.output); !done)
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
    verb->add_option("--template", options->chatTemplate,
        "Chat template to store with it; its control tokens are added");
    onRun(*verb, [options] { return trainTokenizer(*options); });
}

} // namespace

void addTextVerbs(CLI::App& program) {
    addTokenize(program);
    addTrainTokenizer(program);
}

} // namespace assay
