#pragma once

#include <stddef.h>
#include <stdint.h>

/// The C interface of libassay_spm.so. The library runs in a link namespace of its own, with its
/// own C and C++ runtimes: nothing but plain data crosses, exceptions stay inside, and what it
/// allocates it frees.
extern "C" {

typedef struct AssaySpmModel AssaySpmModel;

/// One token and the bytes of the input text that it covers, as sentencepiece aligns them.
typedef struct AssaySpmToken {
    int32_t id;
    uint32_t begin;
    uint32_t end;
} AssaySpmToken;

enum { AssaySpmUnknown = 1, AssaySpmControl = 2, AssaySpmByte = 4, AssaySpmUnused = 8 };

/// A caller's buffer that receives a failure's text, cut to fit and ended by NUL.
typedef struct AssaySpmError {
    char* text;
    size_t capacity;
} AssaySpmError;

/// Hands out the next sentence; 0 at the end. The bytes must live until the next call.
typedef int (*AssaySpmNextSentence)(void* context, const char** text, size_t* size);

typedef struct AssaySpmFunctions {
    /// A serialised model; null on failure. A continuation model differs in that it neither puts a
    /// space in front of the text nor trims it, which is what text that follows other text needs.
    AssaySpmModel* (*load)(const char* bytes, size_t size, int continuation, AssaySpmError* error);
    void (*unload)(AssaySpmModel* model);
    int32_t (*size)(const AssaySpmModel* model);
    int32_t (*unknownId)(const AssaySpmModel* model);
    int32_t (*bosId)(const AssaySpmModel* model);
    int32_t (*eosId)(const AssaySpmModel* model);
    int32_t (*padId)(const AssaySpmModel* model);
    /// The piece's bytes, alive as long as the model; `id` must lie in [0, size).
    const char* (*piece)(const AssaySpmModel* model, int32_t id, size_t* size);
    uint32_t (*flags)(const AssaySpmModel* model, int32_t id);
    /// 1 on success; the tokens are freed by `release`.
    int (*encode)(const AssaySpmModel* model, const char* text, size_t size, AssaySpmToken** tokens,
        size_t* count, AssaySpmError* error);
    int (*decode)(const AssaySpmModel* model, const int32_t* ids, size_t count, char** text,
        size_t* size, AssaySpmError* error);
    /// `options` are `count` pairs name, value of sentencepiece's trainer.
    int (*train)(const char* const* options, size_t count, AssaySpmNextSentence next, void* context,
        char** model, size_t* size, AssaySpmError* error);
    void (*release)(void* memory);
} AssaySpmFunctions;

/// The one exported symbol; raised with every change of the structures above.
enum { AssaySpmVersion = 1 };
const AssaySpmFunctions* assaySpmFunctions(int version);
}
