#include "core/text/template_jinja.h"

#include "core/text/template_text.h"

#include <initializer_list>
#include <string_view>

namespace assay {

namespace {

std::string_view bos(bool withBos) {
    return withBos ? "{{ bos_token }}" : "";
}

std::string joined(std::initializer_list<std::string_view> parts) {
    std::string text;
    for (const std::string_view part : parts)
        text += part;
    return text;
}

/// Takes the system message apart and refuses turns out of order, as the templates without role
/// names must.
constexpr std::string_view turns
    = "{%- if messages and messages[0]['role'] in ['system', 'developer'] -%}"
      "{%- set system = messages[0]['content'] -%}{%- set turns = messages[1:] -%}"
      "{%- else -%}{%- set system = none -%}{%- set turns = messages -%}{%- endif -%}"
      "{%- for message in turns -%}"
      "{%- if message['role'] != ['user', 'assistant'][loop.index0 % 2] -%}"
      "{{- raise_exception('this template needs user and assistant in turn, the user first') -}}"
      "{%- endif -%}{%- endfor -%}";

} // namespace

std::string chatMlJinja(bool withBos) {
    return joined({bos(withBos), R"({%- for message in messages -%}
{%- set role = 'system' if message['role'] == 'developer' else message['role'] -%}
{{- '<|im_start|>' + role + '\n' -}}
{%- if role == 'tool' -%}
{{- '<tool_response>\n' + message['content'] + '\n</tool_response>' -}}
{%- else -%}
{%- set words = namespace(any=false) -%}
{%- if message['reasoning_content'] -%}
{{- '<think>\n' + message['reasoning_content'] + '\n</think>\n\n' -}}
{%- set words.any = true -%}
{%- endif -%}
{%- if message['content'] -%}
{{- message['content'] -}}
{%- set words.any = true -%}
{%- endif -%}
{%- for call in message['tool_calls'] or [] -%}
{%- set function = call['function'] if call['function'] else call -%}
{%- if words.any -%}{{- '\n' -}}{%- endif -%}
{%- set words.any = true -%}
{{- '<tool_call>\n{"name": ' + (function['name'] | tojson) + ', "arguments": ' -}}
{%- if function['arguments'] is string -%}
{{- function['arguments'] -}}
{%- else -%}
{{- function['arguments'] | tojson -}}
{%- endif -%}
{{- '}\n</tool_call>' -}}
{%- endfor -%}
{%- endif -%}
{{- '<|im_end|>\n' -}}
{%- endfor -%}
{%- if add_generation_prompt -%}
{{- '<|im_start|>assistant\n' -}}
{%- endif -%})"});
}

std::string llama2Jinja() {
    return joined({turns, R"({%- for message in turns -%}
{%- if message['role'] == 'user' -%}
{%- set block = '<<SYS>>\n' + system + '\n<</SYS>>\n\n' + message['content'] if loop.first and system is not none else message['content'] -%}
{{- bos_token + '[INST] ' + block.strip() + ' [/INST]' -}}
{%- else -%}
{{- ' ' + message['content'].strip() + ' ' + eos_token -}}
{%- endif -%}
{%- endfor -%})"});
}

std::string alpacaJinja(bool withBos) {
    return joined(
        {bos(withBos), turns, "{{- system if system is not none else '", alpacaPreamble, R"(' -}}
{{- '\n\n' -}}
{%- for message in turns -%}
{%- if message['role'] == 'user' -%}
{%- if not loop.first -%}{{- '\n\n' -}}{%- endif -%}
{{- '### Instruction:\n' + message['content'] + '\n\n### Response:\n' -}}
{%- else -%}
{{- message['content'] + eos_token -}}
{%- endif -%}
{%- endfor -%})"});
}

std::string plainJinja(bool withBos) {
    return joined(
        {bos(withBos), turns, R"({%- if system is not none -%}{{- system + '\n' -}}{%- endif -%}
{%- for message in turns -%}
{%- if message['role'] == 'user' -%}
{{- message['content'] + '\n' -}}
{%- else -%}
{{- message['content'] + eos_token -}}
{%- endif -%}
{%- endfor -%})"});
}

} // namespace assay
