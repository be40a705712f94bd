#pragma once

#include "core/store/project.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>

namespace assay::test {

inline Sample makeSample(
    const std::string& query, const std::string& answer, const std::string& channel = "chat") {
    Sample sample;
    sample.channel = channel;
    Message user;
    user.role = Role::User;
    user.content = query;
    Message assistant;
    assistant.role = Role::Assistant;
    assistant.content = answer;
    sample.messages = {user, assistant};
    return sample;
}

/// Puts samples into the project through an import session.
inline Result<ImportRecord> addSamples(Project& project, std::vector<Sample> samples) {
    auto session = project.imports().begin();
    if (!session)
        return forward(session);
    for (Sample& sample : samples)
        if (auto added = (*session)->accept(std::move(sample)); !added)
            return forward(added);
    return (*session)->finish();
}

/// A folder for one test, removed afterwards.
struct Place {
    QTemporaryDir folder;
    std::filesystem::path operator/(const char* name) const {
        return std::filesystem::path(folder.path().toStdString()) / name;
    }
};

} // namespace assay::test
