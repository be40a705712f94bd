#pragma once

#include "core/data/importer.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>

#include <fstream>

namespace assay::test {

/// Keeps everything an import hands over.
class CollectingSink : public ImportSink {
public:
    Result<void> accept(Sample&& sample) override {
        samples.push_back(std::move(sample));
        return {};
    }
    Result<void> reject(RejectedRow&& row) override {
        rejected.push_back(std::move(row));
        return {};
    }
    Result<void> remark(RejectedRow&& row) override {
        remarks.push_back(std::move(row));
        return {};
    }
    std::vector<Sample> samples;
    std::vector<RejectedRow> rejected;
    std::vector<RejectedRow> remarks;
};

/// A folder for the files of one test.
class Folder {
public:
    std::filesystem::path write(const std::string& name, std::string_view content) const {
        const std::filesystem::path path = this->path(name);
        std::ofstream(path, std::ios::binary) << content;
        return path;
    }
    std::filesystem::path path(const std::string& name) const {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }

private:
    QTemporaryDir m_folder;
};

/// Without what an importer notes about spellings and places, so that dialects can be compared.
inline Sample stripped(Sample sample) {
    sample.meta = nullptr;
    sample.provenance = {};
    sample.channel.clear();
    const auto strip = [](std::vector<Message>& messages) {
        for (Message& message : messages)
            message.extra = nullptr;
    };
    strip(sample.messages);
    if (sample.chosen)
        strip(*sample.chosen);
    if (sample.rejected)
        strip(*sample.rejected);
    return sample;
}

} // namespace assay::test
