#include "core/text/spm_shim/spm_shim.h"

#include <sentencepiece_processor.h>
#include <sentencepiece_trainer.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct AssaySpmModel {
    sentencepiece::SentencePieceProcessor processor;
};

namespace {

void setError(AssaySpmError* error, std::string_view text) {
    if (!error || error->capacity == 0)
        return;
    const std::size_t size = std::min(text.size(), error->capacity - 1);
    std::memcpy(error->text, text.data(), size);
    error->text[size] = '\0';
}

/// Runs `body` (which returns a sentencepiece status) and keeps every failure inside this library.
template <class Body> bool guarded(AssaySpmError* error, const Body& body) {
    try {
        const sentencepiece::util::Status status = body();
        if (status.ok())
            return true;
        setError(error, status.error_message());
    } catch (const std::exception& failure) {
        setError(error, failure.what());
    } catch (...) {
        setError(error, "an unknown failure");
    }
    return false;
}

/// A copy on the heap of this library's own C runtime.
char* copied(std::string_view bytes) {
    char* memory = static_cast<char*>(std::malloc(std::max<std::size_t>(bytes.size(), 1)));
    if (!memory)
        throw std::bad_alloc();
    std::memcpy(memory, bytes.data(), bytes.size());
    return memory;
}

AssaySpmModel* load(const char* bytes, size_t size, int continuation, AssaySpmError* error) {
    AssaySpmModel* model = nullptr;
    const bool loaded = guarded(error, [&] {
        std::string serialized(bytes, size);
        if (continuation) {
            // Protocol buffers merge a message that occurs twice, so these bytes override two
            // fields of ModelProto.normalizer_spec (3): add_dummy_prefix (3) and
            // remove_extra_whitespaces (4), both off.
            serialized.append("\x1a\x04\x18\x00\x20\x00", 6);
        }
        model = new AssaySpmModel;
        return model->processor.LoadFromSerializedProto(serialized);
    });
    if (loaded)
        return model;
    delete model;
    return nullptr;
}

void unload(AssaySpmModel* model) {
    delete model;
}

int32_t pieceCount(const AssaySpmModel* model) {
    return model->processor.GetPieceSize();
}
int32_t unknownId(const AssaySpmModel* model) {
    return model->processor.unk_id();
}
int32_t bosId(const AssaySpmModel* model) {
    return model->processor.bos_id();
}
int32_t eosId(const AssaySpmModel* model) {
    return model->processor.eos_id();
}
int32_t padId(const AssaySpmModel* model) {
    return model->processor.pad_id();
}

const char* piece(const AssaySpmModel* model, int32_t id, size_t* size) {
    const std::string& text = model->processor.IdToPiece(id);
    *size = text.size();
    return text.data();
}

uint32_t flags(const AssaySpmModel* model, int32_t id) {
    uint32_t result = 0;
    if (model->processor.IsUnknown(id))
        result |= AssaySpmUnknown;
    if (model->processor.IsControl(id))
        result |= AssaySpmControl;
    if (model->processor.IsByte(id))
        result |= AssaySpmByte;
    if (model->processor.IsUnused(id))
        result |= AssaySpmUnused;
    return result;
}

int encode(const AssaySpmModel* model, const char* text, size_t size, AssaySpmToken** tokens,
    size_t* count, AssaySpmError* error) {
    return guarded(error, [&] {
        sentencepiece::ImmutableSentencePieceText encoded;
        const sentencepiece::util::Status status
            = model->processor.Encode(std::string_view(text, size), encoded.mutable_proto());
        if (!status.ok())
            return status;
        const std::size_t pieces = encoded.pieces_size();
        auto* result = static_cast<AssaySpmToken*>(
            std::malloc(std::max<std::size_t>(pieces, 1) * sizeof(AssaySpmToken)));
        if (!result)
            throw std::bad_alloc();
        for (std::size_t i = 0; i < pieces; ++i) {
            const auto token = encoded.pieces(static_cast<int>(i));
            result[i] = {static_cast<int32_t>(token.id()), token.begin(), token.end()};
        }
        *tokens = result;
        *count = pieces;
        return status;
    });
}

int decode(const AssaySpmModel* model, const int32_t* ids, size_t count, char** text, size_t* size,
    AssaySpmError* error) {
    return guarded(error, [&] {
        std::string decoded;
        const sentencepiece::util::Status status
            = model->processor.Decode(std::vector<int>(ids, ids + count), &decoded);
        if (status.ok()) {
            *text = copied(decoded);
            *size = decoded.size();
        }
        return status;
    });
}

class CallerSentences : public sentencepiece::SentenceIterator {
public:
    CallerSentences(AssaySpmNextSentence next, void* context)
        : m_next(next)
        , m_context(context) {
        Next();
    }
    bool done() const override { return m_done; }
    void Next() override {
        const char* text = nullptr;
        std::size_t size = 0;
        m_done = m_next(m_context, &text, &size) == 0;
        if (m_done)
            m_value.clear();
        else
            m_value.assign(text, size);
    }
    const std::string& value() const override { return m_value; }
    sentencepiece::util::Status status() const override { return {}; }

private:
    AssaySpmNextSentence m_next;
    void* m_context;
    std::string m_value;
    bool m_done = false;
};

int train(const char* const* options, size_t count, AssaySpmNextSentence next, void* context,
    char** model, size_t* size, AssaySpmError* error) {
    return guarded(error, [&] {
        std::unordered_map<std::string, std::string> named;
        for (std::size_t i = 0; i < count; ++i)
            named[options[2 * i]] = options[2 * i + 1];
        CallerSentences sentences(next, context);
        std::string serialized;
        const sentencepiece::util::Status status
            = sentencepiece::SentencePieceTrainer::Train(named, &sentences, &serialized);
        if (status.ok()) {
            *model = copied(serialized);
            *size = serialized.size();
        }
        return status;
    });
}

void release(void* memory) {
    std::free(memory);
}

constexpr AssaySpmFunctions functions = {load, unload, pieceCount, unknownId, bosId, eosId, padId,
    piece, flags, encode, decode, train, release};

} // namespace

const AssaySpmFunctions* assaySpmFunctions(int version) {
    return version == AssaySpmVersion ? &functions : nullptr;
}
