#include "core/data/importers/plan.h"

#include "core/base/utf8.h"

#include <simdjson.h>

#include <algorithm>

namespace assay::importing {

namespace {

constexpr int deepest = 200;

Fault faultAt(const RawRow& row, std::size_t offset, Error reason) {
    offset = std::min(offset, row.text.size());
    const auto newlines
        = std::count(row.text.begin(), row.text.begin() + std::ptrdiff_t(offset), '\n');
    return {std::move(reason), row.line + newlines, row.byte + std::int64_t(offset)};
}

/// Where brackets outside strings are nested too deep for a recursive writer; npos when nowhere.
std::size_t tooDeepAt(std::string_view text) {
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        switch (text[i]) {
        case '"':
            for (++i; i < text.size() && text[i] != '"'; ++i)
                i += text[i] == '\\' ? 1 : 0;
            break;
        case '{':
        case '[':
            if (++depth > deepest)
                return i;
            break;
        case '}':
        case ']':
            --depth;
            break;
        default:
            break;
        }
    }
    return std::string_view::npos;
}

/// The parser's sentence without its own numbering and without long quotations of the row.
std::string reasonOf(std::string what) {
    if (const std::size_t colon = what.find(": "); colon != std::string::npos)
        what.erase(0, colon + 2);
    if (const std::size_t quotation = what.find("; last read: ");
        quotation != std::string::npos && what.size() > quotation + 120)
        what.erase(quotation);
    return toValidUtf8(what);
}

} // namespace

std::optional<Fault> utf8Fault(const RawRow& row) {
    if (simdjson::validate_utf8(row.text.data(), row.text.size()))
        return std::nullopt;
    const std::size_t offset = firstInvalidUtf8(row.text);
    if (offset == std::string_view::npos)
        return std::nullopt;
    const std::string byte = "0x" + toHex(row.text.substr(offset, 1));
    return faultAt(row, offset, Error("row.not_utf8", {{"byte", byte}}));
}

JsonRow readJsonRow(const RawRow& row) {
    JsonRow result;
    if (const std::size_t offset = tooDeepAt(row.text); offset != std::string_view::npos) {
        result.fault
            = faultAt(row, offset, Error("row.too_deep", {{"limit", std::to_string(deepest)}}));
        return result;
    }
    try {
        result.json = Json::parse(row.text);
    } catch (const Json::parse_error& e) {
        const std::size_t offset = e.byte > 0 ? e.byte - 1 : 0;
        result.fault = faultAt(row, offset, Error("row.syntax", {{"reason", reasonOf(e.what())}}));
        return result;
    } catch (const Json::exception& e) {
        result.fault = faultAt(row, 0, Error("row.syntax", {{"reason", reasonOf(e.what())}}));
        return result;
    }
    if (!result.json.is_object())
        result.fault
            = faultAt(row, 0, Error("row.not_object", {{"found", jsonTypeName(result.json)}}));
    return result;
}

Json csvObject(const std::vector<std::string>& header, std::vector<std::string> fields,
    const ColumnMapping& columns) {
    Json object = Json::object();
    for (std::size_t i = 0; i < header.size() && i < fields.size(); ++i) {
        const std::string& name = header[i];
        const bool messages = columns.messages.empty()
            ? name == "messages" || name == "conversations"
            : name == columns.messages;
        if (messages)
            if (auto json = parseJson(fields[i], name)) {
                object[name] = std::move(*json);
                continue;
            }
        object[name] = std::move(fields[i]);
    }
    return object;
}

} // namespace assay::importing
