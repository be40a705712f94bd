#include "core/remote/digest.h"

#include "core/base/file.h"

#include <openssl/evp.h>

namespace assay {

namespace {

EVP_MD_CTX* contextOf(void* pointer) {
    return static_cast<EVP_MD_CTX*>(pointer);
}

} // namespace

Digest::Digest(DigestKind kind)
    : m_context(EVP_MD_CTX_new()) {
    EVP_DigestInit_ex(
        contextOf(m_context), kind == DigestKind::Sha1 ? EVP_sha1() : EVP_sha256(), nullptr);
}

Digest::~Digest() {
    EVP_MD_CTX_free(contextOf(m_context));
}

void Digest::add(std::string_view bytes) {
    EVP_DigestUpdate(contextOf(m_context), bytes.data(), bytes.size());
}

std::string Digest::hex() {
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    EVP_DigestFinal_ex(contextOf(m_context), bytes, &size);
    constexpr const char* digits = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
        text += digits[bytes[i] >> 4];
        text += digits[bytes[i] & 15];
    }
    return text;
}

Result<std::string> digestOfFile(const std::filesystem::path& path, DigestKind kind,
    std::string_view prefix, const ProgressFunction& progress, StopToken stop) {
    auto file = MappedFile::open(path);
    if (!file)
        return forward(file);
    Digest digest(kind);
    digest.add(prefix);
    constexpr std::size_t step = 16u << 20;
    std::string_view rest = file->text();
    while (!rest.empty()) {
        if (stop.stop_requested())
            return fail("cancelled");
        digest.add(rest.substr(0, step));
        rest.remove_prefix(std::min(step, rest.size()));
        if (progress)
            progress({std::int64_t(file->text().size() - rest.size()),
                std::int64_t(file->text().size())});
    }
    return digest.hex();
}

} // namespace assay
