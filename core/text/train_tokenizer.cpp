#include "core/base/file.h"
#include "core/base/json.h"
#include "core/text/spm_library.h"
#include "core/text/trainer_words.h"

#include <array>
#include <regex>

namespace assay {

namespace {

/// Hands the lines of several files to the trainer, one file in memory at a time.
class LineSource {
public:
    explicit LineSource(std::span<const std::filesystem::path> files)
        : m_files(files) { }

    static int next(void* context, const char** text, std::size_t* size) {
        return static_cast<LineSource*>(context)->advance(text, size);
    }
    std::int64_t lines() const { return m_lines; }
    const std::optional<Error>& error() const { return m_error; }

private:
    int advance(const char** text, std::size_t* size) {
        for (;;) {
            while (m_at >= m_content.size()) {
                if (m_error || m_file == m_files.size())
                    return 0;
                Result<std::string> content = readFile(m_files[m_file++]);
                if (!content) {
                    m_error = content.error();
                    return 0;
                }
                m_content = std::move(*content);
                m_at = 0;
            }
            const std::string_view rest = std::string_view(m_content).substr(m_at);
            std::string_view line = rest.substr(0, rest.find('\n'));
            m_at += line.size() + 1;
            if (line.ends_with('\r'))
                line.remove_suffix(1);
            if (line.empty())
                continue;
            ++m_lines;
            *text = line.data();
            *size = line.size();
            return 1;
        }
    }

    std::span<const std::filesystem::path> m_files;
    std::size_t m_file = 0;
    std::string m_content;
    std::size_t m_at = 0;
    std::int64_t m_lines = 0;
    std::optional<Error> m_error;
};

/// sentencepiece takes lists as comma-separated values with CSV's quotes.
std::string commaSeparated(const std::vector<std::string>& items) {
    std::string list;
    for (const std::string& item : items) {
        if (!list.empty())
            list += ',';
        if (item.find_first_of(",\"") == std::string::npos) {
            list += item;
            continue;
        }
        list += '"';
        for (const char c : item)
            list += c == '"' ? std::string("\"\"") : std::string(1, c);
        list += '"';
    }
    return list;
}

/// The settings follow Llama's: nothing is normalised, every text survives the way there and back.
std::vector<std::pair<std::string, std::string>> trainerOptions(
    const TokenizerTraining& training, TrainerWords words) {
    return {{"model_type", training.model}, {"vocab_size", std::to_string(training.vocabularySize)},
        {"character_coverage", std::to_string(training.characterCoverage)},
        {"byte_fallback", "true"}, {"normalization_rule_name", "identity"},
        {"remove_extra_whitespaces", "false"}, {"add_dummy_prefix", "true"},
        {"allow_whitespace_only_pieces", "true"}, {"split_digits", "true"}, {"unk_id", "0"},
        {"bos_id", "1"}, {"eos_id", "2"}, {"pad_id", "3"}, {"pad_piece", "<pad>"},
        {"control_symbols", commaSeparated(training.controlSymbols)},
        // One thread and no shuffling: the same corpus gives the same file. No line is too long to
        // count.
        {"num_threads", "1"}, {"shuffle_input_sentence", "false"},
        {"max_sentence_length", "1073741824"},
        {"minloglevel", words == TrainerWords::Print ? "0" : "3"}};
}

/// sentencepiece says in prose which sizes a corpus allows.
Error trainingError(const std::string& reason, const TokenizerTraining& training) {
    const std::string size = std::to_string(training.vocabularySize);
    std::smatch match;
    if (std::regex_search(reason, match, std::regex("set it to a value <= (\\d+)")))
        return Error("text.vocabulary_too_large", {{"size", size}, {"largest", match[1]}});
    if (std::regex_search(
            reason, match, std::regex("smaller than required_chars\\. \\d+ vs (\\d+)")))
        return Error("text.vocabulary_too_small", {{"size", size}, {"least", match[1]}});
    return Error("text.tokenizer_training", {{"reason", reason}});
}

Result<void> verifyTraining(const TokenizerTraining& training) {
    if (training.model != "bpe" && training.model != "unigram")
        return fail(
            "json.value", {{"key", "model"}, {"reason", "it must be \"bpe\" or \"unigram\""}});
    // The ids 0 to 3, 256 bytes, the control symbols, and one piece at least.
    const std::int64_t least = 4 + 256 + std::int64_t(training.controlSymbols.size()) + 1;
    if (training.vocabularySize < least)
        return fail("text.vocabulary_too_small",
            {{"size", std::to_string(training.vocabularySize)}, {"least", std::to_string(least)}});
    if (training.vocabularySize > 1'000'000)
        return fail("text.vocabulary_too_large",
            {{"size", std::to_string(training.vocabularySize)}, {"largest", "1000000"}});
    if (!(training.characterCoverage > 0.9 && training.characterCoverage <= 1))
        return fail("json.value",
            {{"key", "characterCoverage"}, {"reason", "it must lie above 0.9, 1 at most"}});
    return {};
}

/// What transformers needs to load the folder as a LlamaTokenizer.
Json tokenizerConfig(const TokenizerTraining& training) {
    const auto token = [](const std::string& content) {
        return Json{{"content", content}, {"lstrip", false}, {"normalized", false},
            {"rstrip", false}, {"single_word", false}, {"special", true}};
    };
    Json added = Json::object();
    std::vector<std::string> special{"<unk>", "<s>", "</s>", "<pad>"};
    special.insert(special.end(), training.controlSymbols.begin(), training.controlSymbols.end());
    for (std::size_t id = 0; id < special.size(); ++id)
        added[std::to_string(id)] = token(special[id]);
    return Json{{"tokenizer_class", "LlamaTokenizer"}, {"add_bos_token", true},
        {"add_eos_token", false}, {"legacy", false}, {"clean_up_tokenization_spaces", false},
        {"unk_token", "<unk>"}, {"bos_token", "<s>"}, {"eos_token", "</s>"}, {"pad_token", "<pad>"},
        {"additional_special_tokens", training.controlSymbols}, {"added_tokens_decoder", added},
        {"sp_model_kwargs", Json::object()}};
}

} // namespace

Result<void> trainSentencePiece(std::span<const std::filesystem::path> corpus,
    const TokenizerTraining& training, const std::filesystem::path& folder) {
    return trainSentencePiece(corpus, training, folder, TrainerWords::Omit);
}

Result<void> trainSentencePiece(std::span<const std::filesystem::path> corpus,
    const TokenizerTraining& training, const std::filesystem::path& folder, TrainerWords words) {
    if (Result<void> verified = verifyTraining(training); !verified)
        return verified;
    const Result<const AssaySpmFunctions*> library = spmLibrary();
    if (!library)
        return fail(library.error());

    const auto options = trainerOptions(training, words);
    std::vector<const char*> pairs;
    for (const auto& [name, value] : options) {
        pairs.push_back(name.c_str());
        pairs.push_back(value.c_str());
    }
    LineSource lines(corpus);
    std::array<char, 1024> reason{};
    AssaySpmError error{reason.data(), reason.size()};
    char* model = nullptr;
    std::size_t size = 0;
    const bool trained = (*library)->train(
        pairs.data(), options.size(), &LineSource::next, &lines, &model, &size, &error);
    const std::string serialized = trained ? std::string(model, size) : std::string();
    (*library)->release(model);
    if (lines.error())
        return fail(*lines.error());
    if (lines.lines() == 0)
        return fail("text.empty_corpus");
    if (!trained)
        return fail(trainingError(reason.data(), training));

    if (Result<void> made = makeFolder(folder); !made)
        return made;
    if (Result<void> done = writeFileAtomically(folder / "tokenizer.model", serialized); !done)
        return done;
    return writeFileAtomically(
        folder / "tokenizer_config.json", dumpJson(tokenizerConfig(training), 2) + "\n");
}

} // namespace assay
