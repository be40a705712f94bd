#include "core/models/piece_list.h"

#include "core/job/protobuf_wire.h"
#include "core/weights/bytes_reader.h"

#include <algorithm>
#include <cstring>

namespace assay {

namespace {

constexpr std::string_view spaceMarker = "\xe2\x96\x81"; // U+2581

// Fields of sentencepiece_model.proto.
namespace model {
constexpr std::uint32_t pieces = 1, trainer = 2, normaliser = 3;
}
namespace piece {
constexpr std::uint32_t text = 1, score = 2, kind = 3;
}
namespace trainer {
constexpr std::uint32_t modelType = 3, vocabularySize = 4, byteFallback = 35, unknownId = 40,
                        bosId = 41, eosId = 42, padId = 43, unknownPiece = 45, bosPiece = 46,
                        eosPiece = 47;
constexpr std::uint64_t unigram = 1, bpe = 2;
} // namespace trainer
namespace normaliser {
constexpr std::uint32_t name = 1, spaceInFront = 3, trimsSpaces = 4, escapes = 5;
}

void replaceAll(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.replace(at, from.size(), to);
}

std::uint64_t signedVarint(std::int64_t value) {
    return std::uint64_t(value);
}

std::int64_t idFrom(const wire::Field& field) {
    return std::int64_t(std::int32_t(field.varint)); // a negative id is written as 64 bits
}

void readNormaliser(std::string_view bytes, PieceList& list) {
    list.trimsSpaces = true; // sentencepiece's defaults, which it does not write
    wire::Reader in(bytes);
    while (const auto field = in.next()) {
        if (field->number == normaliser::spaceInFront)
            list.spaceInFront = field->varint != 0;
        else if (field->number == normaliser::trimsSpaces)
            list.trimsSpaces = field->varint != 0;
    }
}

std::uint64_t readTrainer(std::string_view bytes, PieceList& list) {
    std::uint64_t type = trainer::unigram;
    list.bos = 1;
    list.eos = 2;
    wire::Reader in(bytes);
    while (const auto field = in.next()) {
        if (field->number == trainer::modelType)
            type = field->varint;
        else if (field->number == trainer::unknownId)
            list.unknown = idFrom(*field);
        else if (field->number == trainer::bosId)
            list.bos = idFrom(*field);
        else if (field->number == trainer::eosId)
            list.eos = idFrom(*field);
        else if (field->number == trainer::padId)
            list.pad = idFrom(*field);
    }
    return type;
}

ScoredPiece readPiece(std::string_view bytes) {
    ScoredPiece result;
    wire::Reader in(bytes);
    while (const auto field = in.next()) {
        if (field->number == piece::text)
            result.text = field->bytes;
        else if (field->number == piece::score && field->bytes.size() == sizeof(float))
            std::memcpy(&result.score, field->bytes.data(), sizeof(float));
        else if (field->number == piece::kind && field->varint >= 1 && field->varint <= 6)
            result.kind = PieceKind(field->varint);
    }
    return result;
}

} // namespace

std::string sentencePieceModel(const PieceList& list) {
    std::string bytes;
    const bool hasBytes = std::ranges::any_of(
        list.pieces, [](const ScoredPiece& one) { return one.kind == PieceKind::Byte; });
    for (const ScoredPiece& one : list.pieces) {
        std::string entry;
        wire::appendBytes(entry, piece::text, one.text);
        wire::appendFloat(entry, piece::score, one.score);
        wire::appendVarint(entry, piece::kind, std::uint64_t(one.kind));
        wire::appendBytes(bytes, model::pieces, entry);
    }
    const auto textOf = [&list](std::int64_t id) {
        return id >= 0 && id < std::int64_t(list.pieces.size()) ? list.pieces[std::size_t(id)].text
                                                                : std::string();
    };
    std::string training;
    wire::appendVarint(training, trainer::modelType, list.merges ? trainer::bpe : trainer::unigram);
    wire::appendVarint(training, trainer::vocabularySize, list.pieces.size());
    wire::appendVarint(training, trainer::byteFallback, hasBytes ? 1 : 0);
    wire::appendVarint(training, trainer::unknownId, signedVarint(list.unknown));
    wire::appendVarint(training, trainer::bosId, signedVarint(list.bos));
    wire::appendVarint(training, trainer::eosId, signedVarint(list.eos));
    wire::appendVarint(training, trainer::padId, signedVarint(list.pad));
    for (const auto& [field, id] : {std::pair(trainer::unknownPiece, list.unknown),
             std::pair(trainer::bosPiece, list.bos), std::pair(trainer::eosPiece, list.eos)})
        if (!textOf(id).empty())
            wire::appendBytes(training, field, textOf(id));
    wire::appendBytes(bytes, model::trainer, training);
    std::string normal;
    wire::appendBytes(normal, normaliser::name, "identity");
    wire::appendVarint(normal, normaliser::spaceInFront, list.spaceInFront ? 1 : 0);
    wire::appendVarint(normal, normaliser::trimsSpaces, list.trimsSpaces ? 1 : 0);
    wire::appendVarint(normal, normaliser::escapes, 1);
    wire::appendBytes(bytes, model::normaliser, normal);
    return bytes;
}

Result<PieceList> readSentencePieceModel(std::string_view bytes, const std::string& path) {
    PieceList list;
    std::uint64_t type = trainer::unigram;
    wire::Reader in(bytes);
    while (const auto field = in.next()) {
        if (field->number == model::pieces)
            list.pieces.push_back(readPiece(field->bytes));
        else if (field->number == model::trainer)
            type = readTrainer(field->bytes, list);
        else if (field->number == model::normaliser)
            readNormaliser(field->bytes, list);
    }
    if (!in.ok() || list.pieces.empty())
        return fail("text.tokenizer_file",
            {{"path", path}, {"reason", "it is not a sentencepiece model"}}, path);
    if (type != trainer::bpe && type != trainer::unigram)
        return fail("text.unsupported_tokenizer",
            {{"path", path}, {"part", "a model of words or characters"}}, path);
    list.merges = type == trainer::bpe;
    return list;
}

Result<PieceList> readLlama2cTokenizer(std::string_view bytes, const std::string& path) {
    PieceList list;
    BytesReader in(std::as_bytes(std::span(bytes)));
    in.take(4);
    constexpr std::size_t firstByte = 3;
    constexpr std::size_t afterBytes = firstByte + 256;
    while (in.ok() && in.left() > 0) {
        ScoredPiece one;
        one.score = in.read<float>();
        const auto size = in.read<std::int32_t>();
        one.text = in.text(size < 0 ? UINT64_MAX : std::uint64_t(size));
        const std::size_t id = list.pieces.size();
        if (id < firstByte) {
            constexpr std::string_view names[] = {"<unk>", "<s>", "</s>"};
            one.text = names[id];
            one.kind = id == 0 ? PieceKind::Unknown : PieceKind::Control;
        } else if (id < afterBytes) {
            one.kind = PieceKind::Byte;
        }
        replaceAll(one.text, " ", spaceMarker);
        list.pieces.push_back(std::move(one));
    }
    if (!in.ok() || list.pieces.size() < afterBytes)
        return fail("text.tokenizer_file",
            {{"path", path}, {"reason", "it is not a tokenizer of llama2.c, or is cut off"}}, path);
    list.bos = 1;
    list.eos = 2;
    return list;
}

} // namespace assay
