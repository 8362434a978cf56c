{{- define "clipvault.name" -}}
{{- ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name) (contains .Chart.Name .Release.Name) | trunc 52 | trimSuffix "-" }}
{{- end }}

{{- /* The names by which callers reach the service. */}}
{{- define "clipvault.hosts" -}}
{{- $name := include "clipvault.name" . }}
{{- $inNamespace := printf "%s.%s" $name .Release.Namespace }}
{{- $hosts := list $name $inNamespace (printf "%s.svc" $inNamespace) (printf "%s.svc.cluster.local" $inNamespace) }}
{{- join "," (concat $hosts (compact (list .Values.ingress.host)) .Values.security.hosts | uniq) }}
{{- end }}

{{- define "clipvault.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "clipvault.labels" -}}
{{ include "clipvault.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "clipvault.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (ternary (include "clipvault.name" .) "default" .Values.serviceAccount.create) }}
{{- end }}

{{- /* Refuses values with which the service could not work, and says how to fix them. */}}
{{- define "clipvault.check" -}}
{{- if not (or .Values.security.open .Values.security.existingSecret) }}
{{- fail "\n\nCallers would need no key, so everyone who can reach the pod could call the service: set security.existingSecret to a secret with CLIPVAULT_SECURITY_KEYS, or set security.open=true if the network itself keeps strangers out (networkPolicy.enabled=true helps)." }}
{{- end }}
{{- if and (gt (int .Values.replicas) 1) (not .Values.database.url) }}
{{- fail "\n\nSeveral replicas share their state in PostgreSQL: set database.url, or replicas=1." }}
{{- end }}
{{- if and (gt (int .Values.replicas) 1) (not .Values.jobs.existingClaim) (or (not .Values.jobs.persistent) (ne .Values.jobs.accessMode "ReadWriteMany")) }}
{{- fail "\n\nSeveral replicas read the same jobs root: set jobs.accessMode=ReadWriteMany or jobs.existingClaim, or replicas=1." }}
{{- end }}
{{- if and .Values.ingress.enabled (not .Values.ingress.host) }}
{{- fail "\n\nAn ingress needs a host name: set ingress.host." }}
{{- end }}
{{- end }}
